//! Who may do what at the desk: every way in, tried as everybody; what is masked; what is written down.

use desk::staff::{Right, Role};
use sqlx::{Connection, SqliteConnection, query};
use wendu::store::{
    staff,
    trail::{self, Found},
};

use crate::{
    clerk::{Clerk, PASSWORD},
    house::House,
    visitor::Visitor,
};

/// A path with something in place of its parameters.
fn filled(path: &str, case: &str) -> String {
    path.replace("{id}", case)
        .replace("{what}", "take")
        .replace("{number}", "1")
        .replace("{tag}", "en")
        .replace("{secret}", "nobodys")
        .replace("{*rest}", "nowhere")
}

#[tokio::test]
async fn every_way_into_the_desk_is_open_to_whom_it_is_for_and_to_nobody_else() {
    let house = House::open().await;
    let mut visitor = Visitor::start(&house.url, "en").await;
    visitor.says("I want to talk to a person").await;
    let mut tried = 0;
    for role in Role::ALL {
        let somebody = house.clerk_as(&format!("some-{}", role.word()), "Somebody", role).await;
        for (method, path, right) in desk::ways() {
            // It would end what is tried with.
            if path == "/desk/logout" {
                continue;
            }
            let status = somebody.tries(&method, &filled(path, &visitor.id)).await;
            let refused = status == 403 || path == "/desk" && !role.may(right) && status == 303;
            assert_eq!(!refused, role.may(right), "{method} {path} as {}: {status}", role.word());
            tried += 1;
        }
    }
    let nobody = Clerk::outside(&house.url);
    for (method, path, right) in desk::ways() {
        let path = filled(path, &visitor.id);
        let request = nobody.http.request(method.clone(), format!("{}{path}", house.url));
        let answer = request.header("accept", "text/html").send().await.expect("an answer");
        let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or("");
        let to_the_door = to.starts_with("/desk/login?to=");
        assert_eq!(to_the_door, right != Right::Anybody, "{method} {path}: {}", answer.status());
        tried += 1;
    }
    println!("{tried} tried, 0 wrong");
    house.stop().await;
}

#[tokio::test]
async fn numbers_of_peoples_own_are_masked_until_somebody_asks_and_that_is_written_down() {
    let house = House::open().await;
    let wang = house.clerk("wang", "Wang").await;
    let _there = wang.sits_down().await;
    let mut visitor = Visitor::start(&house.url, "en").await;
    visitor.says("My phone is 139 1234 5678. I want to talk to a person").await;
    let case = format!("/desk/cases/{}", visitor.id);
    let (_, page) = wang.reads(&case).await;
    assert!(!page.contains("1234 5678") && page.contains("[telephone number]"), "{page}");
    assert_eq!(wang.does(&visitor.id, "reveal", &[]).await, 303);
    assert!(wang.reads(&case).await.1.contains("139 1234 5678"));
    // It is shown to this session, not to whoever else comes.
    let again = Clerk::outside(&house.url).comes_in("wang", PASSWORD).await.expect("wang");
    assert!(!again.reads(&case).await.1.contains("1234 5678"));
    let rows = trail::last(&house.settings.data, 100, Some("wang"), Some(&visitor.id)).await;
    let did: Vec<String> = rows.expect("a trail").into_iter().map(|row| row.did).collect();
    assert_eq!(did, ["read", "reveal", "read", "read"]);
    house.stop().await;
}

#[tokio::test]
async fn a_row_that_was_changed_breaks_the_trail() {
    let house = House::open().await;
    let wang = house.clerk("wang", "Wang").await;
    let mut visitor = Visitor::start(&house.url, "en").await;
    let there = wang.sits_down().await;
    visitor.says("I want to talk to a person").await;
    assert_eq!(wang.does(&visitor.id, "take", &[("key", "1")]).await, 303);
    // The form is sent twice: it was done once.
    assert_eq!(wang.does(&visitor.id, "take", &[("key", "1")]).await, 303);
    assert_eq!(Clerk::outside(&house.url).comes_in("wang", "wrong, wrong").await.err(), Some(422));
    let data = house.settings.data.clone();
    let rows = trail::last(&data, 100, None, None).await.expect("a trail");
    let did: Vec<(&str, &str)> = rows.iter().map(|row| (&*row.by, &*row.did)).collect();
    let expected = [
        ("(console)", "add-account"),
        ("wang", "password"),
        ("wang", "log-in"),
        ("wang", "take"),
        ("wang", "refused"),
    ];
    assert_eq!(did, expected);
    let whole = trail::verify(&data, None).await.expect("a trail");
    let Found::Whole { rows: 5, last, holds: true } = whole else { panic!("{whole:?}") };
    drop(there);
    let _kept = house.stop().await;

    let file = format!("sqlite://{}", data.join("wendu.db").display());
    let mut kept = SqliteConnection::connect(&file).await.expect("the database");
    query("UPDATE audit SET by = 'li' WHERE number = 4").execute(&mut kept).await.unwrap_err();
    query("DELETE FROM audit WHERE number = 5").execute(&mut kept).await.unwrap_err();
    // Whoever holds the file can take the lock off; not unseen.
    query("DROP TRIGGER audit_is_not_changed").execute(&mut kept).await.expect("no trigger");
    query("UPDATE audit SET by = 'li' WHERE number = 4").execute(&mut kept).await.expect("li");
    assert_eq!(trail::verify(&data, None).await.expect("a trail"), Found::Broken(4));
    query("UPDATE audit SET by = 'wang' WHERE number = 4").execute(&mut kept).await.expect("wang");
    assert!(matches!(
        trail::verify(&data, Some(&last)).await,
        Ok(Found::Whole { holds: true, .. })
    ));
    query("DROP TRIGGER audit_is_not_cut").execute(&mut kept).await.expect("no trigger");
    query("DELETE FROM audit WHERE number = 5").execute(&mut kept).await.expect("a cut");
    assert!(matches!(
        trail::verify(&data, Some(&last)).await,
        Ok(Found::Whole { holds: false, .. })
    ));
}

#[tokio::test]
async fn somebody_sees_where_they_are_logged_in_and_ends_what_is_not_theirs() {
    let house = House::open().await;
    let here = house.clerk("wang", "Wang").await;
    let elsewhere = Clerk::outside(&house.url).comes_in("wang", PASSWORD).await.expect("wang");
    let li = house.clerk("li", "Li").await;
    let (_, page) = here.reads("/desk/me").await;
    let number = page.split("name=\"session\" value=\"").nth(1).expect("one other session");
    let number = number.split('"').next().expect("a number");
    // Another's session is nobody else's to end.
    assert_eq!(li.post("/desk/me", &[("session", number)]).await.status(), 303);
    assert_eq!(elsewhere.reads("/desk").await.0, 200);
    assert_eq!(here.post("/desk/me", &[("session", number)]).await.status(), 303);
    assert_eq!(elsewhere.reads("/desk").await.0, 303);
    assert_eq!(here.reads("/desk").await.0, 200);
    // Who works as something else does so at once.
    let now_editor = staff::set_role(&house.settings.data, "Wang", Role::Editor);
    now_editor.await.expect("wang is there");
    assert_eq!(here.reads("/desk/call-backs").await.0, 403);
    assert_eq!(here.reads("/desk/replies").await.0, 200);
    house.stop().await;
}
