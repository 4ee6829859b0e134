//! Logs and metrics never carry what was said, nor names, numbers or addresses.

use std::process::Command;

use sqlx::{Connection, SqliteConnection};

use crate::{
    house::House,
    process::{Process, wendu},
    visitor::Visitor,
};

const SAID: &str = "Zhang Sanfeng of 17 Marker Lane, telephone 13912345678";

fn loud(data: &std::path::Path) -> Command {
    let mut command = wendu(data);
    command.env("WENDU_LOG__FILTER", "trace").env("WENDU_LOG__FORMAT", "json");
    command
}

#[tokio::test]
async fn what_was_said_is_in_no_log_line_however_loud_the_log() {
    let data = tempfile::tempdir().expect("a folder");
    let process = Process::start(loud(data.path()));
    let mut visitor = Visitor::start(&process.url, "en").await;
    visitor.says(SAID).await;
    visitor.says("How much is a passport?").await;
    visitor.post("bad", format!("{{\"text\": {SAID}").into_bytes()).await.expect("an answer");
    visitor.lines(0).await;
    let page = reqwest::get(format!("{}/?text=Sanfeng", process.url)).await.expect("a page");
    assert!(page.status().is_success());
    let metrics = reqwest::get(format!("{}/metrics", process.url)).await.expect("metrics");
    let metrics = metrics.text().await.expect("text");
    process.terminate();
    let (status, log) = process.wait();
    assert!(status.success());
    assert!(log.contains("stopped"), "there is a log to look at");
    for secret in ["Sanfeng", "Marker", "13912345678", &visitor.token, "passport?"] {
        assert!(!log.contains(secret), "{secret} stands in the log");
        assert!(!metrics.contains(secret), "{secret} stands in the metrics");
    }
    assert!(metrics.contains("wendu_turns_total"));
}

/// What somebody may write though nobody asked for it, none of it anybody's.
const PERSONAL: [(&str, [&str; 5]); 2] = [
    (
        "我的身份证号是11010519491231002X，电话139 1234 5678，卡号6217000010000000003，\
         邮箱lan.chen@mail.example，住在幸福路123弄4号501室，办居住证要带什么？",
        ["11010519491231002", "1234 5678", "6217000010000000003", "lan.chen", "123弄"],
    ),
    (
        "My ID is 110105 19491231 002X, phone +86 13912345678, card 4111 1111 1111 1111, mail \
         Lan.Chen@mail.example, I live at 17 Marker Lane. What do I bring for a residence permit?",
        ["19491231", "13912345678", "4111 1111", "chen@mail", "marker lane"],
    ),
];

#[tokio::test]
async fn what_is_kept_for_operators_holds_no_personal_data() {
    let house = House::open().await;
    for (language, (said, _)) in ["zh", "en"].into_iter().zip(PERSONAL) {
        let mut visitor = house.visitor(language).await;
        let answer = visitor.says(said).await.remove(0);
        let title = &answer.citations[0].title;
        assert!(["居住证申领", "Residence permit"].contains(&&**title), "{}", answer.text);
        visitor.says(if language == "zh" { "人工" } else { "a person please" }).await;
        let own = visitor.lines(0).await;
        assert!(own.iter().any(|line| line.text == said), "visitors see what they said");
    }
    let file = house.settings.data.join("wendu.db");
    let mut kept =
        SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("there");
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT turn FROM turns UNION ALL SELECT state FROM conversations
         UNION ALL SELECT reason || language || services FROM handoffs",
    )
    .fetch_all(&mut kept)
    .await
    .expect("rows");
    assert!(rows.iter().any(|(row,)| row.contains("［身份证号］")), "there are marks to look at");
    assert!(rows.iter().any(|(row,)| row.contains("[card number]")), "there are marks to look at");
    for (row,) in rows {
        for secret in PERSONAL.iter().flat_map(|(_, secrets)| secrets) {
            assert!(!row.to_lowercase().contains(secret), "{secret} stands in {row}");
        }
    }
}

#[tokio::test]
async fn what_the_city_publishes_is_nobodys_personal_data() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    let answer = visitor.says("江湾路88号的行政中心是021-5550-0101吗，几点开门？").await.remove(0);
    assert!(!answer.text.contains("不需要身份证号"), "{}", answer.text);
    assert!(answer.place.is_some(), "{}", answer.text);
}

#[tokio::test]
async fn somebody_who_writes_personal_data_is_told_once_that_it_is_not_needed() {
    let house = House::open().await;
    for (language, told) in [("zh", "这里不需要身份证号"), ("en", "I do not need identity")]
    {
        let mut visitor = house.visitor(language).await;
        let first = visitor.says("13912345678").await.remove(0);
        assert!(first.text.contains(told), "{}", first.text);
        assert!(!first.suggestions.is_empty(), "and what one may ask: {}", first.text);
        let again = visitor.says("13912345678").await.remove(0);
        assert!(!again.text.contains(told), "{}", again.text);
    }
}
