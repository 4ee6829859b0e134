//! Logs and metrics never carry what was said, nor names, numbers or addresses.

use std::process::Command;

use crate::{
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
