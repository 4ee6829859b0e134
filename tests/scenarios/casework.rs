//! Working together at the desk: handing on, holding, noting, having again; who is given whom; and what
//! leads to a person without being asked for.

use bot::routing::Skills;
use wendu::store::staff;

use crate::{
    clerk::Clerk,
    house::{House, until},
    visitor::{Line, Visitor},
};

fn text(lines: &[Line]) -> String {
    lines.iter().map(|line| &*line.text).collect::<Vec<_>>().join("\n")
}

async fn all(visitor: &Visitor) -> String {
    text(&visitor.lines(0).await)
}

/// The conversation that a clerk gets who takes the next; nothing where there is none for them.
async fn next(clerk: &Clerk) -> Result<String, u16> {
    let taken = clerk.post("/desk/next", &[]).await;
    let status = taken.status().as_u16();
    let case = taken.headers().get("location").ok_or(status)?.to_str().expect("text");
    Ok(case.trim_start_matches("/desk/cases/").trim_end_matches("#text").to_owned())
}

#[tokio::test]
async fn a_case_is_held_noted_on_handed_to_a_colleague_and_taken_by_them() {
    let house = House::open().await;
    let (wang, li) = (house.clerk("wang", "王芳").await, house.clerk("li", "李雷").await);
    let _pages = (wang.sits_down().await, li.sits_down().await);
    let mut visitor = house.visitor("en").await;
    let mut other = house.visitor("en").await;
    visitor.says("person").await;
    house.clock.set("2026-11-24T10:00:30+08:00");
    other.says("person").await;
    assert_eq!(next(&wang).await, Ok(visitor.id.clone()));

    assert_eq!(wang.does(&visitor.id, "hold", &[("key", "1")]).await, 303);
    assert!(all(&visitor).await.ends_with("the answer will be here."), "{}", all(&visitor).await);
    assert!(wang.reads("/desk").await.1.contains("on hold"));
    let note = [("key", "2"), ("text", "Needs the <i>housing</i> people")];
    assert_eq!(wang.does(&visitor.id, "note", &note).await, 303);
    let (_, page) = wang.reads(&format!("/desk/cases/{}", visitor.id)).await;
    assert!(page.contains("Needs the &#60;i&#62;housing"), "the note is there, as text");
    assert!(!all(&visitor).await.contains("housing"), "no visitor sees a note");
    // Whoever speaks goes on.
    wang.does(&visitor.id, "ask", &[("key", "3"), ("text", "Is it the flat in Xihe?")]).await;
    let asked = visitor.lines(0).await.pop().expect("a line");
    assert_eq!(asked.choices.iter().map(|one| &*one.say).collect::<Vec<_>>().len(), 2);
    assert!(!wang.reads("/desk").await.1.contains("on hold"));

    let to = [("key", "4"), ("to", "clerk:2")];
    let gone = wang.post(&format!("/desk/cases/{}/hand-on", visitor.id), &to).await;
    assert_eq!(gone.headers()["location"], format!("/desk?gone={}", visitor.id));
    assert!(all(&visitor).await.contains("has handed this to 李雷"));
    assert_eq!(next(&wang).await, Ok(other.id.clone()), "it is kept for the colleague");
    assert_eq!(next(&li).await, Ok(visitor.id.clone()));
    let (_, page) = li.reads(&format!("/desk/cases/{}", visitor.id)).await;
    for part in ["Had it before", "王芳", "Needs the"] {
        assert!(page.contains(part), "{part} is missing");
    }
    // To a department, to nobody, and by whoever does not have it.
    let hand = |to: &'static str| [("key", to), ("to", to)];
    assert_eq!(li.does(&visitor.id, "hand-on", &hand("department:nowhere")).await, 404);
    assert_eq!(li.does(&visitor.id, "hand-on", &hand("clerk:99")).await, 404);
    assert_eq!(li.does(&visitor.id, "hand-on", &hand("")).await, 422);
    assert_eq!(wang.does(&visitor.id, "hand-on", &hand("clerk:1")).await, 409);
    assert_eq!(li.does(&visitor.id, "hand-on", &hand("department:civil-affairs")).await, 303);
    assert!(wang.reads("/desk?department=civil-affairs").await.1.contains(&visitor.id));
}

#[tokio::test]
async fn what_was_closed_by_mistake_is_taken_again_unless_the_visitor_has_gone_on() {
    let house = House::open().await;
    let wang = house.clerk("wang", "王芳").await;
    let li = house.clerk("li", "李雷").await;
    let _page = wang.sits_down().await;
    let mut visitor = house.visitor("en").await;
    visitor.says("person").await;
    next(&wang).await.expect("taken");
    for (letting_go, key) in [("close", "1"), ("give-back", "2")] {
        let fields = [("key", key), ("ending", "solved")];
        assert_eq!(wang.does(&visitor.id, letting_go, &fields).await, 303);
        let (_, queue) = wang.reads(&format!("/desk?gone={}", visitor.id)).await;
        assert!(queue.contains("Take it again"), "{letting_go}");
        assert!(!li.reads(&format!("/desk?gone={}", visitor.id)).await.1.contains("Take it again"));
        assert_eq!(li.does(&visitor.id, "take-again", &[("key", key)]).await, 409);
        assert_eq!(wang.does(&visitor.id, "take-again", &[("key", key)]).await, 303);
        assert!(all(&visitor).await.ends_with("王芳 is with you again."));
        wang.does(&visitor.id, "say", &[("key", key), ("text", "Sorry, I am back.")]).await;
    }
    wang.does(&visitor.id, "close", &[("key", "3"), ("ending", "solved")]).await;
    visitor.says("How much is a passport?").await;
    assert_eq!(wang.does(&visitor.id, "take-again", &[("key", "4")]).await, 409);
    assert_eq!(wang.does(&visitor.id, "say", &[("key", "5"), ("text", "late")]).await, 409);
    assert!(!all(&visitor).await.contains("late"), "an answer after closing is not said");
}

#[tokio::test]
async fn everybody_is_given_whom_they_can_help_and_no_more_than_they_can_see_to() {
    let house = House::open().await;
    let wang = house.clerk("wang", "王芳").await;
    let smith = house.clerk("smith", "Smith").await;
    let folder = &house.settings.data;
    let skills = |tag: &str, capacity| Skills {
        languages: vec![tag.parse().expect("a tag")],
        departments: vec![],
        capacity,
    };
    staff::set_skills(folder, "wang", &skills("zh", Some(1))).await.expect("set");
    staff::set_skills(folder, "smith", &skills("en", None)).await.expect("set");
    let _pages = (wang.sits_down().await, smith.sits_down().await);
    let (mut one, mut two, mut english) =
        (house.visitor("zh").await, house.visitor("zh").await, house.visitor("en").await);
    one.says("人工").await;
    house.clock.set("2026-11-24T10:00:30+08:00");
    two.says("人工").await;
    english.says("person").await;
    assert_eq!(next(&smith).await, Ok(english.id.clone()), "the others speak Chinese");
    assert_eq!(next(&smith).await, Err(409), "there is nobody else for them");
    assert_eq!(next(&wang).await, Ok(one.id.clone()));
    assert_eq!(next(&wang).await, Err(409), "one at a time");
    assert_eq!(wang.does(&one.id, "hold", &[("key", "1")]).await, 303);
    assert_eq!(next(&wang).await, Ok(two.id.clone()), "what is put aside is not counted");
    // Nobody waits for ever for the right one.
    let mut third = house.visitor("zh").await;
    third.says("人工").await;
    assert_eq!(next(&smith).await, Err(409));
    house.clock.set("2026-11-24T10:11:00+08:00");
    assert!(smith.reads("/desk").await.1.contains("late"));
    assert_eq!(next(&smith).await, Ok(third.id.clone()));
    // Away for a while: nobody is told to wait.
    let away = smith.post("/desk/presence", &[("takes", "no")]).await;
    assert_eq!(away.status(), 303);
    wang.post("/desk/presence", &[("takes", "no")]).await;
    let mut late = house.visitor("en").await;
    assert!(text(&late.says("person").await).contains("will answer you here"));
    assert!(!text(&late.says("person").await).contains("You are next"));
    smith.post("/desk/presence", &[("takes", "yes")]).await;
    assert!(text(&late.says("person").await).contains("You are next"));
}

#[tokio::test]
async fn what_goes_wrong_twice_despair_and_what_the_pack_marks_lead_to_a_person() {
    let house = House::open().await;
    let wang = house.clerk("wang", "王芳").await;
    let _page = wang.sits_down().await;
    let mut lost = house.visitor("en").await;
    assert!(!text(&lost.says("Where can I buy a submarine?").await).contains("You are next"));
    let told = text(&lost.says("Do you sell rockets?").await);
    assert!(told.contains("so I have asked a member of staff") && told.contains("next"), "{told}");
    assert!(wang.reads("/desk").await.1.contains("questions without an answer"));
    let mut despairs = house.visitor("zh").await;
    let told = text(&despairs.says("我快崩溃了，心太累").await);
    assert!(told.contains("替您找了工作人员"), "{told}");
    let mut poor = house.visitor("zh").await;
    let told = text(&poor.says("临时救助怎么申请").await);
    assert!(told.contains("这件事由工作人员办"), "{told}");
    poor.says("不等了").await;
    let told = text(&poor.says("临时救助要带什么").await);
    assert!(!told.contains("这件事由工作人员办"), "once is enough: {told}");
    // Despair goes first.
    assert_eq!(next(&wang).await, Ok(despairs.id.clone()));
}

#[tokio::test]
async fn what_is_published_and_ready_replies_are_at_hand_and_writing_is_seen() {
    let house = House::open().await;
    let wang = house.clerk("wang", "王芳").await;
    let boss = house.clerk_as("boss", "赵云", desk::staff::Role::Supervisor).await;
    let _page = wang.sits_down().await;
    let ready = [
        ("does", "keep"),
        ("language", "en"),
        ("title", "Greeting"),
        ("text", "This is {me} of {city}."),
    ];
    assert_eq!(wang.post("/desk/replies", &ready).await.status(), 403);
    assert_eq!(boss.post("/desk/replies", &ready).await.status(), 303);
    let empty = [("does", "keep"), ("language", "en"), ("title", " "), ("text", "x")];
    assert_eq!(boss.post("/desk/replies", &empty).await.status(), 422);

    let mut visitor = house.visitor("en").await;
    visitor.says("How much is a passport?").await;
    visitor.says("person").await;
    next(&wang).await.expect("taken");
    visitor.says("And how long does a passport take?").await;
    let case = format!("/desk/cases/{}", visitor.id);
    let (_, page) = wang.reads(&case).await;
    assert!(page.contains("7 working days") && page.contains("This is 王芳 of Linjiang"), "{page}");
    let (_, found) = wang.reads(&format!("{case}?find=residence+permit+fee")).await;
    assert!(found.contains("Residence permit"), "another question was looked up");
    let (_, nothing) = wang.reads(&format!("{case}?find=quantum+physics")).await;
    assert!(nothing.contains("Nothing is published on this."));

    // The visitor sees that somebody writes; nobody else's writing is told.
    assert_eq!(wang.does(&visitor.id, "writing", &[("writes", "true")]).await, 204);
    let wait = || async { visitor.wait().await == "王芳正在写……" };
    until("the visitor sees that the clerk writes", wait).await;
    assert_eq!(boss.does(&visitor.id, "writing", &[("writes", "true")]).await, 204);
    let (_, page) = wang.reads(&case).await;
    assert!(page.contains("赵云 is writing."), "a colleague's writing is seen at the desk");
    assert!(!visitor.wait().await.contains("赵云"));
    visitor.types().await;
    assert!(wang.reads(&case).await.1.contains("The visitor is writing."));
    wang.does(&visitor.id, "say", &[("key", "s"), ("text", "Seven working days.")]).await;
    assert_eq!(visitor.wait().await, "");
}
