//! Pages that only their words speak for: imported, without names, examples or headings.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::house::House;

/// A small town's notices, made up for this.
const PAGES: [(&str, &str, &str); 14] = [
    (
        "en",
        "Allotments",
        "An allotment is rented by the year. Whoever lives in the town may put their name on the waiting list at the parks office; the wait is about two years. Water is shut off from November to March.",
    ),
    (
        "en",
        "The swimming lake",
        "Lifeguards watch the lake from June to August between ten and six. Dogs may not go in the water. When the red flag flies, swimming is forbidden.",
    ),
    (
        "en",
        "Chimney sweeping",
        "Every chimney in use is swept once a year. The sweep leaves a card a week before the visit; to move the day, telephone the number on the card.",
    ),
    (
        "en",
        "Market stalls",
        "The market is held on Thursdays. A stall is booked at the town hall by the Monday before. Traders bring their own awning and take their rubbish away.",
    ),
    (
        "en",
        "Honey bees",
        "Beekeepers tell the vet of new hives within a month. A swarm that hangs in a garden is fetched by the beekeepers' club without charge.",
    ),
    (
        "en",
        "Snow",
        "House owners clear the pavement before seven in the morning. Salt may be used on steps only. Grit stands in yellow boxes on every hill.",
    ),
    (
        "en",
        "The ferry",
        "The ferry crosses every half hour. In fog it stays in the harbour. Bicycles travel free; a car takes its place in the queue on the quay.",
    ),
    (
        "zh",
        "菜园租用",
        "菜园按年出租。住在本镇的人可以到绿化站登记排队，一般要等两年左右。每年十一月到次年三月停水。",
    ),
    (
        "zh",
        "游泳湖",
        "六月到八月，每天十点到十八点有救生员值守。狗不可以下水。挂红旗的时候禁止游泳。",
    ),
    (
        "zh",
        "烟囱清扫",
        "使用中的烟囱每年清扫一次。清扫工提前一周留下卡片，要改日期请打卡片上的电话。",
    ),
    (
        "zh",
        "集市摊位",
        "集市每周四举行。摊位要在前一个周一到镇公所预订。摊主自带雨棚，垃圾自己带走。",
    ),
    ("zh", "养蜂", "新设蜂箱要在一个月内告诉兽医站。挂在院子里的蜂群由养蜂协会免费收走。"),
    (
        "zh",
        "扫雪",
        "屋主要在早上七点前扫清门前人行道。盐只可以撒在台阶上，沙子在每个坡上的黄箱子里。",
    ),
    ("zh", "渡船", "渡船每半小时一班。有雾的时候停在港里。自行车免费，汽车在码头排队。"),
];

/// The pages as `wendu import` makes them.
fn imported(data: &Path) -> TempDir {
    let pack = tempfile::tempdir().expect("a folder");
    let rows: Vec<String> = PAGES
        .iter()
        .enumerate()
        .map(|(id, (lang, title, text))| {
            let url = format!("https://town.example/{id}");
            serde_json::json!({"id": format!("page-{id}"), "title": title, "text": text, "url": url, "lang": lang}).to_string()
        })
        .collect();
    let source = data.join("pages.jsonl");
    fs::write(&source, rows.join("\n")).expect("written");
    let mut import = std::process::Command::new(env!("CARGO_BIN_EXE_wendu"));
    let output = import.arg("import").arg(&source).arg(pack.path()).output().expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    pack
}

#[tokio::test]
async fn imported_pages_answer_what_stands_on_them_and_nothing_else() {
    let data = tempfile::tempdir().expect("a folder");
    let pack = imported(data.path());
    let house = House::with(|settings| settings.pack = pack.path().into()).await;
    for (language, question, expected) in [
        ("en", "can my dog swim in the lake?", "Dogs may not"),
        ("en", "how do i book a stall at the market", "by the Monday before"),
        ("en", "there is a swarm of bees hanging in my garden", "without charge"),
        ("en", "may I put salt on the steps when there is snow", "steps only"),
        ("zh", "狗可以在湖里游泳吗", "狗不可以下水"),
        ("zh", "集市的摊位怎么预订", "镇公所"),
        ("zh", "有雾的时候渡船开不开", "停在港里"),
    ] {
        let told = house.visitor(language).await.says(question).await.remove(0);
        assert!(told.text.contains(expected), "{question}: {}", told.text);
        assert!(!told.citations.is_empty(), "{question} has no source");
    }
    for (language, question, no) in [
        ("en", "how do I file my income tax return", "did not find"),
        ("en", "what is the capital of Norway", "did not find"),
        ("zh", "怎么报考公务员", "没有找到"),
        ("zh", "红烧肉要放多少糖", "没有找到"),
    ] {
        let told = house.visitor(language).await.says(question).await.remove(0);
        assert!(told.text.contains(no), "{question}: {}", told.text);
    }
}

#[tokio::test]
async fn of_an_imported_page_more_can_be_asked_and_then_something_else() {
    let data = tempfile::tempdir().expect("a folder");
    let pack = imported(data.path());
    let house = House::with(|settings| settings.pack = pack.path().into()).await;
    for (language, talk) in [
        (
            "en",
            [
                ("can my dog swim in the lake?", "Dogs may not"),
                ("and when is it forbidden for me?", "red flag"),
                ("what is the capital of Norway?", "did not find"),
                ("does the ferry sail in fog", "stays in the harbour"),
            ],
        ),
        (
            "zh",
            [
                ("狗可以在湖里游泳吗", "狗不可以下水"),
                ("那什么时候禁止呢", "红旗"),
                ("挪威的首都是哪里", "没有找到"),
                ("有雾的时候渡船开不开", "停在港里"),
            ],
        ),
    ] {
        let mut visitor = house.visitor(language).await;
        for (said, expected) in talk {
            let told = visitor.says(said).await.remove(0);
            assert!(told.text.contains(expected), "{said}: {}", told.text);
        }
    }
}
