//! What people say to the assistant itself, in many wordings, and what only looks like it.

use proptest::prelude::*;

use super::{Intent, Intent::*, of};
use crate::normal::fold;

/// Each of the texts, which stand between bars, has this intent.
fn check(intent: Intent, texts: &str) {
    for text in texts.split(" | ") {
        assert_eq!(of(&fold(text)).0, intent, "{text}");
    }
}

#[test]
fn people_are_asked_for_in_many_ways() {
    check(
        Person,
        "人工 | 我要找人工 | 转人工服务 | 有没有真人啊 | 我想和人说话 | 0 | 不想跟机器人说 | \
         嗯……麻烦帮我转一下人工 | 叫个真人来 | 找个人跟我说 | 能不能找工作人员听电话 | \
         我要跟你们工作人员说 | 客服 | 别跟机器人聊了，给我转人工！ | 真人客服 | \
         I want to talk to a person | agent | can I speak to someone | Human please | \
         uh could you like put me through to a real person | operator!! | opertor | \
         get me a human now | I don't want to talk to a stupid robot | \
         could somebody call me back | can I speak to someone about my pension | \
         is there a real person I can talk to | SPEAK TO AN AGENT",
    );
}

#[test]
fn an_answer_is_wanted_again_slower_simpler_or_on() {
    check(
        Repeat,
        "再说一遍 | 嗯那个……再说一遍好吗 | 没听清 | 你刚才说什么来着 | 在说一便 | 重复一下 | \
         不好意思我没听清楚 | 什么？ | 麻烦您重新念一下 | say that again | \
         uh could you like say that again | repeat | can you repeat that please | \
         repaet that pls | what did you say? | I didn't catch that | pardon? | once more | \
         sorry, come again? | huh | Sorry?",
    );
    check(
        Slower,
        "慢点 | 说慢一点 | 太快了 | 你说得太快了我记不住 | 请慢慢说 | 一条一条说 | \
         嗯，能不能讲慢些 | slow down | slower please | could you speak more slowly | \
         that's too fast for me | one step at a time | not so fast | \
         you're talking too fast | slwoer",
    );
    check(
        Simpler,
        "说简单点 | 听不懂 | 没明白 | 能不能说人话 | 什么意思 | 太复杂了 | 用大白话说一遍 | \
         say it more simply | I don't understand | in plain english please | \
         too complicated | what does that mean? | make it shorter | i'm confused | \
         uh can you explain it simpler",
    );
    check(
        GoOn,
        "继续 | 接着说 | 然后呢 | 还有呢 | 嗯，还有吗？ | 往下说 | 下一步呢 | 说详细点 | \
         go on | continue | and then? | next | what else | tell me more | keep going | \
         anything else? | ok next step | what's next",
    );
}

#[test]
fn people_take_their_time_go_back_and_stop() {
    check(
        Wait,
        "等一下 | 稍等 | 等等 | 我找支笔 | 让我想想 | 别急 | 等我一会儿 | wait | \
         hold on a second | just a moment | one sec | let me find a pen | \
         give me a minute please | hang on | I'm still thinking",
    );
    check(
        Back,
        "返回 | 上一步 | 回到刚才的问题 | 我们还是说回刚才那件事吧 | 上一个话题 | go back | \
         back | back to the previous topic | where were we? | \
         let's go back to what we were talking about | back to my first question",
    );
    check(Stop, "停 | 别说了 | 够了 | 算了 | 闭嘴 | stop | Stop it! | never mind | that's enough");
    check(
        Forget,
        "忘了我 | 删除我的聊天记录 | 把我说的话都删掉 | 请清除记录 | 不要保存我的信息 | \
         帮我删掉对话 | forget me | delete my data | please erase this conversation | \
         clear my chat history | don't keep what I said | delete everything i said | \
         forget everything I told you",
    );
}

#[test]
fn yes_no_and_corrections() {
    check(
        Yes,
        "是 | 是的 | 对啊 | 嗯 | 好的 | 嗯嗯好 | 没错 | 可以 | 知道了 | 就是这个 | OK | \
         yes | yeah sure | yep | that's right | of course | got it | y | Yes please",
    );
    check(
        No,
        "不 | 不是 | 不要 | 没有 | 不用 | 不需要 | no | nope | nah | not really | \
         no thanks | n",
    );
    check(
        Wrong,
        "不是这个 | 你听错了 | 答非所问 | 不是我想问的 | 你没听懂我的意思 | 回答没用 | \
         that's not what I asked | wrong answer | you misunderstood me | not that one | \
         no, that's not it | it didn't help | this isn't what i want",
    );
    for (text, meant) in [
        ("不是，我说的是身份证", "身份证"),
        ("不对，我问的是护照多少钱", "护照多少钱"),
        ("嗯不是，我要的是医保的那个", "医保的那个"),
        ("我问的是居住证，不是身份证", "居住证"),
        ("不是社保卡，是身份证", "身份证"),
        ("你搞错了，我想办敬老卡", "办敬老卡"),
        ("no, I meant the passport", "the passport"),
        ("No I mean my bus card", "my bus card"),
        ("sorry, i was asking about the library card", "the library card"),
        ("I meant the ID card, not the bus card", "the id card"),
        ("not the bus card, the ID card", "the id card"),
        ("no, the residence permit", "the residence permit"),
        ("uh no sorry I meant legal aid", "legal aid"),
    ] {
        assert_eq!(of(&fold(text)), (Correction, Some(meant)), "{text}");
    }
}

#[test]
fn one_of_what_was_offered_is_named_by_its_place() {
    check(
        Choose(0),
        "1 | 第一个 | 选一 | 1号 | 前一个 | the first one | first | option 1 | a | 头一个 | \
         number one please",
    );
    check(
        Choose(1),
        "2 | 第二个 | 嗯第二个吧 | 我要第二个 | 二 | the second | second one please | 2nd | \
         no. 2 | i'd like the second one | uh the second",
    );
    check(Choose(2), "第三项 | third | the third one | 3");
    check(ChooseLast, "最后一个 | 后面那个 | 后者 | last one | the last | the latter");
    check(
        ChooseAll,
        "都要 | 两个都要 | 都想知道 | 全部 | both | all of them | both of them please | \
         三个都说说",
    );
    check(
        Neither,
        "都不是 | 哪个都不对 | 一个都不是 | 别的 | neither | none of these | \
         something else | no, none of them | not any of them",
    );
}

#[test]
fn several_wishes_in_one_message_are_the_one_that_matters() {
    check(Wait, "等一下，我找支笔 | hang on, let me find a pen");
    check(Complaint, "你们态度太差了，我要投诉！ | This is unacceptable. I want to complain.");
    check(Choose(1), "好的，第二个 | yes, the second one");
    check(Person, "你好，人工，谢谢");
    check(Goodbye, "好的，谢谢，再见");
    check(Ask, "1, 2 | 你好，护照多少钱");
}

#[test]
fn courtesy_and_complaint() {
    check(Hello, "你好！ | 您好呀 | 喂 | 在吗 | hello | Hi there | good morning | hey | helo");
    check(
        Thanks,
        "谢谢您 | 好的谢谢 | 太感谢了 | 麻烦你了 | Thank you very much! | thx | \
         ok thanks a lot | thnaks | thanks for your help",
    );
    check(
        Goodbye,
        "再见 | 拜拜 | 没事了 | 就这样吧 | 不用了 | bye | that's all | ok bye | \
         goodbye then | see you",
    );
    check(
        Help,
        "帮助 | 你能做什么 | 可以问什么 | 怎么用 | help | what can you do | \
         how does this work?",
    );
    check(
        Robot,
        "你是机器人吗？ | 你到底是不是真人 | 你是谁 | are you a robot | \
         are you a real person? | who are you | am I talking to a machine?",
    );
    check(
        Complaint,
        "我要投诉 | 投诉你们 | 怎么投诉 | 你们态度太差了 | 窗口工作人员态度恶劣 | \
         投诉电话是多少 | 我要投拆 | I want to complain | i'd like to make a complaint | \
         how do I complain about the staff? | the staff were very rude to me | complaint | \
         this is unacceptable | I want to make a complant",
    );
}

#[test]
fn a_question_about_a_service_is_never_small_talk() {
    check(
        Ask,
        "人工耳蜗补贴 | 我要人工耳蜗 | 有没有人工耳蜗的补贴 | 工作人员几点上班 | \
         找人帮忙照顾老人 | 需要工作人员上门吗 | 要工作人员签字吗 | 你是人民医院吗 | \
         等多久 | 要等几天 | 停车证怎么办 | 停水了怎么办 | 取消婚姻登记 | 取消预约 | \
         噪音投诉 | 投诉邻居太吵 | 我要投诉楼上装修 | 删除户口 | 不是本地人可以办居住证吗 | \
         不是本地人是不是可以办居住证 | 没有手机 | 不会上网怎么办 | 好的学校怎么报名 | \
         返乡创业贷款 | 退休金补发 | 对象是外国人怎么登记 | 第二代身份证 | 二胎 | 三孩补贴 | \
         第一次办护照 | 最后一个月工资 | 全部材料 | 感谢信送到哪里 | 再就业补贴 | \
         重复缴费怎么退 | 慢性病 | 慢病报销 | 快速办理 | 还有多久能拿到 | \
         下一步要带什么材料 | 那我儿子呢 | 它多少钱 | 信息不对怎么改 | 身份证信息错了 | \
         person with a disability allowance | back payment of pension | no phone | \
         no fixed address | stop my pension | next of kin | first passport | \
         second passport | last will | repeat prescription | \
         slow internet complaint about neighbours | noise complaint | \
         how do I complain about noise | delete my name from the household register | \
         legal representative | human rights | help with rent | help for carers | \
         thank you letter to the mayor | operator licence | i need an operator licence | \
         wait times for a passport | how long do I have to wait | hello kitty | \
         all documents | both parents must come? | one child allowance | \
         cancel appointment | cancel my dog licence | cancer screening | right to work | \
         and for my son? | and where? | goodbye ceremony for my father | \
         more than one child | yes I have a residence permit already | I have no phone | \
         what about my son | the insurance one | 医保的那个 | even cheaper one",
    );
}

proptest! {
    #[test]
    fn whatever_is_said_has_an_intent(text in "\\PC{0,60}") {
        let folded = fold(&text);
        let (intent, meant) = of(&folded);
        prop_assert_eq!(intent == Correction, meant.is_some());
        prop_assert!(meant.is_none_or(|meant| folded.contains(meant)));
    }
}
