//! Calls as people make them.

use super::super::{Ability, Command, Expecting, Happened, Pace};
use super::city::{Play, Says, setting};
use crate::leg::{House, Transfer};
use bot::Presence;
use std::time::Duration;

const LONG: &str = "护照要带身份证原件和一张近期的照片。未满十六岁的要由父母一方陪同，并且带上出生证明。\
                    拍照可以在大厅里拍，也可以带自己的照片来。取证可以自己来取，也可以邮寄到家，邮费另付。";

#[test]
fn the_greeting_says_that_it_is_a_machine_and_offers_keys_the_other_language_and_a_person() {
    let mut play = Play::new(setting());
    let heard = play.listens();
    assert!(heard.contains("河口镇") && heard.contains("不是真人"), "{heard}");
    assert!(heard.contains("For English, press 2") && heard.contains("按0"), "{heard}");
    play.presses("2");
    assert!(play.listens().contains("Please say what you need"));
    assert_eq!(play.call.language().to_string(), "en");
}

#[test]
fn a_long_answer_is_told_in_parts_and_the_caller_goes_on() {
    let mut play = Play::new(setting());
    play.listens();
    play.says("护照要带什么？");
    assert_eq!(play.asked.last().map(|(_, text)| &**text), Some("护照要带什么？"));
    play.bot(&Says::Found(LONG), Presence::There);
    let first = play.listens();
    assert!(
        first.contains("身份证原件") && first.contains("要接着听吗") && !first.contains("邮费")
    );
    assert_eq!(play.call.expecting(), Expecting::Anything);
    play.says("继续");
    let mut rest = play.listens();
    while rest.contains("要接着听吗") {
        play.presses("#");
        rest = play.listens();
    }
    assert!(
        rest.contains("邮费") && rest.contains("还想问什么") || rest.contains("邮费"),
        "{rest}"
    );
    assert_eq!(play.asked.len(), 1, "the bot was asked once");
}

#[test]
fn an_answer_begins_with_what_it_is_about_until_the_next_is_about_something_else() {
    let mut play = Play::new(setting());
    let mut answer = |title, text| {
        play.listens();
        play.says("多少钱？");
        play.bot(&Says::From(title, text), Presence::There);
        play.listens()
    };
    let first = answer("普通护照", "一百二十元。");
    assert!(first.starts_with("普通护照。 | 一百二十元。"), "{first}");
    assert!(first.contains("来源：普通护照"), "{first}");
    assert!(answer("普通护照", "七个工作日。").starts_with("七个工作日。"));
    assert!(answer("借书证", "借书证免费。").starts_with("借书证免费。"));
    assert!(answer("普通护照", "一百二十元。").starts_with("普通护照。"));
}

#[test]
fn speech_stops_the_sound_and_a_cough_lets_it_go_on() {
    let mut play = Play::new(setting());
    play.listens();
    play.says("护照");
    play.bot(&Says::Found("一百二十元。"), Presence::There);
    play.said.clear();
    play.at += Duration::from_secs(2);
    play.happens(Happened::Began);
    assert_eq!(play.commands.last(), Some(&Command::Stop));
    play.happens(Happened::Spoke { text: String::new(), others: vec![] });
    assert!(play.listens().contains("一百二十元"), "what was cut off is said again");
}

#[test]
fn who_goes_on_before_the_answer_is_asked_as_one() {
    let mut play = Play::new(setting());
    play.listens();
    play.says("我想问一下护照");
    play.says("要多少钱");
    assert_eq!(play.asked.last().map(|(_, text)| &**text), Some("我想问一下护照 要多少钱"));
    // The answer to the first half is not told.
    let (first, _) = play.asked[0].clone();
    play.said.clear();
    let result = Ok(super::city::stored(play.call.language().clone(), &Says::Found("半句")));
    play.happens(Happened::Told { number: first, result, presence: Presence::There });
    assert!(play.said.is_empty());
    play.bot(&Says::Found("一百二十元。"), Presence::There);
    assert!(play.listens().contains("一百二十元"));
}

#[test]
fn an_answer_waits_while_the_caller_coughs() {
    let mut play = Play::new(setting());
    play.listens();
    play.says("护照多少钱");
    play.happens(Happened::Began);
    play.bot(&Says::Found("一百二十元。"), Presence::There);
    assert!(!play.said.iter().any(|said| said.contains("一百二十元")));
    play.happens(Happened::Spoke { text: String::new(), others: vec![] });
    assert!(play.said.iter().any(|said| said.contains("一百二十元")));
}

#[test]
fn slower_is_smaller_parts_at_a_slower_pace() {
    let mut play = Play::new(setting());
    play.listens();
    play.says("护照要带什么");
    play.bot(&Says::Found(LONG), Presence::There);
    let usual = play.listens();
    play.says("慢一点");
    let slow = play.listens();
    assert_eq!(play.call.pace(), Pace::Slow);
    assert!(slow.contains("我说慢一点") && slow.contains("身份证原件"), "{slow}");
    assert!(slow.len() < usual.len() + "我说慢一点。 | ".len(), "{slow}\n{usual}");
}

#[test]
fn nothing_heard_leads_from_other_words_to_keys_to_a_person_and_never_ends_the_call() {
    let mut play = Play::new(setting());
    play.listens();
    assert!(play.waits());
    assert!(play.listens().contains("比如"));
    assert!(play.waits());
    assert!(play.listens().contains("请按1"));
    assert!(play.waits());
    assert!(play.listens().contains("找真人"));
    for _ in 0..50 {
        assert!(play.waits());
        assert!(play.listens().contains("我还在"));
    }
    assert!(!play.has_hung_up());
}

#[test]
fn what_is_not_understood_leads_to_keys_and_then_to_a_person() {
    let mut play = Play::new(setting());
    play.listens();
    for expected in ["没听清", "按键", "要找真人吗"] {
        play.happens(Happened::Began);
        play.happens(Happened::Unheard);
        let heard = play.listens();
        assert!(heard.contains(expected), "{heard}");
    }
    play.says("好的");
    assert_eq!(play.asked.last().map(|(_, text)| &**text), Some("人工"));
}

#[test]
fn nothing_found_is_said_in_the_bots_words() {
    let mut play = Play::new(setting());
    play.listens();
    play.says("月亮多重");
    play.bot(&Says::NotFound("没有找到答案。"), Presence::There);
    assert!(play.listens().contains("没有找到答案"));
}

#[test]
fn choices_are_read_before_their_keys_and_taken_by_key() {
    let mut play = Play::new(setting());
    play.listens();
    play.says("卡丢了");
    play.bot(&Says::Choices(&["社保卡挂失", "身份证挂失", "借书证"]), Presence::There);
    let heard = play.listens();
    assert!(heard.contains("一共有3个选项") && heard.contains("身份证挂失，请按2"), "{heard}");
    play.presses("2");
    assert_eq!(play.asked.last().map(|(_, text)| &**text), Some("身份证挂失"));
}

#[test]
fn a_person_by_transfer_and_a_call_back_when_nobody_answers() {
    let mut play = Play::new(super::super::Setting {
        transfers: Ability::Present,
        caller: Some("sip:+8613800001111@trunk.example".into()),
        ..setting()
    });
    play.presses("0");
    assert_eq!(play.asked.last().map(|(_, text)| &**text), Some("人工"));
    play.bot(&Says::Person("请打热线。"), Presence::There);
    assert!(play.listens().contains("接通真人"));
    assert!(play.commands.contains(&Command::Transfer));
    play.happens(Happened::Transfer(Transfer::Failed(Some(486))));
    assert!(play.listens().contains("回电话"));
    play.presses("1");
    let heard = play.listens();
    assert!(heard.contains("八六，幺三，八零，零零，零幺，幺幺，幺"), "{heard}");
    play.presses("1");
    assert!(play.commands.contains(&Command::KeepCallBack("8613800001111".into())));
    play.happens(Happened::CallBackKept(true));
    assert!(play.listens().contains("记下了"));
    assert!(!play.has_hung_up());
}

#[test]
fn out_of_hours_the_bot_says_when_somebody_is_there() {
    let mut play = Play::new(super::super::Setting { transfers: Ability::Present, ..setting() });
    play.presses("0");
    play.bot(&Says::Person("周一到周五有人。"), Presence::Away);
    assert!(play.listens().contains("周一到周五有人"));
    assert!(!play.commands.contains(&Command::Transfer));
}

#[test]
fn a_number_is_keyed_read_back_twice_and_can_be_put_right() {
    let mut play = Play::new(setting());
    play.presses("0");
    play.bot(&Says::Person("请打热线。"), Presence::There);
    play.listens();
    play.presses("1");
    assert!(play.listens().contains("请说号码"));
    play.presses("0215550#");
    let heard = play.listens();
    assert_eq!(heard.matches("零二，幺五，五五，零").count(), 2, "{heard}");
    play.presses("2");
    play.says("幺三八，0 0 1 1 2 2 3 3");
    play.listens();
    play.presses("1");
    assert!(play.commands.iter().any(|c| matches!(c, Command::KeepCallBack(n) if n == "00112233")));
}

#[test]
fn zero_alone_is_a_person_even_while_a_number_is_keyed() {
    let mut play = Play::new(setting());
    play.presses("0");
    play.bot(&Says::Person("请打热线。"), Presence::There);
    play.presses("1");
    play.listens();
    let before = play.asked.len();
    play.presses("0");
    assert!(play.waits());
    assert_eq!(play.asked.len(), before + 1);
    assert_eq!(play.asked.last().map(|(_, text)| &**text), Some("人工"));
}

#[test]
fn a_full_house_says_so_and_offers_a_call_back() {
    let mut play = Play::new(super::super::Setting { house: House::Full, ..setting() });
    let heard = play.listens();
    assert!(heard.contains("占满") && heard.contains("021-5550-0100") && heard.contains("回电话"));
    play.presses("1");
    play.listens();
    play.presses("13800001111#");
    play.listens();
    play.presses("1");
    play.happens(Happened::CallBackKept(true));
    assert!(play.listens().contains("再见"));
    assert!(play.waits());
    assert!(play.has_hung_up());
}

#[test]
fn what_is_typed_is_a_message_and_every_reply_is_typed_too() {
    let mut play = Play::new(setting());
    play.happens(Happened::Text(Ability::Present));
    play.listens();
    play.happens(Happened::Typed("passport fee".into()));
    assert!(play.asked.is_empty());
    play.happens(Happened::Typed("?\n".into()));
    assert_eq!(play.asked.last().map(|(_, text)| &**text), Some("passport fee?"));
    play.bot(&Says::Found("120 yuan."), Presence::There);
    assert!(
        play.commands.iter().any(|c| matches!(c, Command::Type(text) if text.contains("120 yuan")))
    );
    // A pause ends a line as well.
    play.listens();
    play.happens(Happened::Typed("how long".into()));
    assert!(play.waits());
    assert_eq!(play.asked.last().map(|(_, text)| &**text), Some("how long"));
}

#[test]
fn a_caller_who_looks_for_words_is_left_alone() {
    let mut play = Play::new(setting());
    play.listens();
    play.says("嗯，那个……");
    assert!(play.asked.is_empty() && play.said.iter().all(|said| said == "…"));
    let deadline = play.call.deadline().expect("one");
    assert!(deadline >= play.at + Duration::from_secs(12));
    play.says("等一下");
    assert!(play.listens().contains("我等您"));
    assert!(play.call.deadline().expect("one") >= play.at + Duration::from_secs(120));
}

#[test]
fn goodbye_ends_the_call_after_a_pause_and_a_last_question_keeps_it() {
    let mut play = Play::new(setting());
    play.listens();
    play.says("再见");
    assert!(play.listens().contains("再见"));
    play.says("护照多少钱");
    play.bot(&Says::Found("一百二十元。"), Presence::There);
    play.listens();
    assert!(!play.has_hung_up());
    play.says("没有了");
    play.listens();
    play.waits();
    assert!(play.has_hung_up());
}
