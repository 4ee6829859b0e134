//! Whoever asked on the telephone to be called back is called back, once, and is not forgotten.

use sqlx::{Connection, SqliteConnection};

use crate::{
    clerk::{Clerk, PASSWORD},
    house::House,
};

const NUMBER: &str = "13800138000";

/// What the telephone line keeps of such a wish.
async fn promised(house: &House) {
    let file = house.settings.data.join("wendu.db");
    let mut kept =
        SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("there");
    let at: jiff::Timestamp = "2026-11-24T10:00:00+08:00".parse().expect("a time");
    sqlx::query("INSERT INTO call_backs (call, telephone, language, at) VALUES ('c', ?, 'zh', ?)")
        .bind(NUMBER)
        .bind(at.as_millisecond())
        .execute(&mut kept)
        .await
        .expect("a row");
}

async fn does(clerk: &Clerk, what: &str) -> u16 {
    clerk.post("/desk/call-backs/1", &[("does", what)]).await.status().as_u16()
}

async fn list(clerk: &Clerk) -> String {
    clerk.reads("/desk/call-backs").await.1
}

#[tokio::test]
async fn a_promise_is_kept_by_one_and_seen_by_all_until_it_is() {
    let house = House::open().await;
    let (wang, li) = (house.clerk("wang", "王芳").await, house.clerk("li", "李雷").await);
    promised(&house).await;
    assert!(wang.reads("/desk").await.1.contains("Call-backs: 1"));
    let seen = list(&wang).await;
    assert!(seen.contains("••••••••000") && !seen.contains(NUMBER), "{seen}");
    // Both at once: one calls.
    let both = tokio::join!(does(&wang, "take"), does(&li, "take"));
    let mut statuses = [both.0, both.1];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let (caller, other) = if both.0 == 303 { (&wang, &li) } else { (&li, &wang) };
    assert!(list(caller).await.contains(&format!("tel:{NUMBER}")));
    assert!(list(other).await.contains("is calling.") && !list(other).await.contains(NUMBER));
    assert_eq!(does(other, "reached").await, 409);
    assert_eq!(does(caller, "no-answer").await, 303);
    assert_eq!(does(caller, "no-answer").await, 409, "told twice, it counts once");
    assert!(list(other).await.contains("tries: 1,"));

    // A day of work later it is late, also after a restart.
    let house = house.again(|_| {}).await;
    house.clock.set("2026-11-25T16:00:00+08:00");
    let li = Clerk::outside(&house.url).comes_in("li", PASSWORD).await.expect("comes in");
    assert!(li.reads("/desk").await.1.contains("late: 1"));
    assert_eq!(does(&li, "take").await, 303);
    assert_eq!(does(&li, "let-go").await, 303);
    assert_eq!(does(&li, "take").await, 303);
    assert_eq!(does(&li, "sideways").await, 404);
    assert_eq!(does(&li, "reached").await, 303);
    assert!(list(&li).await.contains("Nobody is waiting to be called back."));
    assert_eq!(does(&li, "take").await, 409);
    house.stop().await;
}
