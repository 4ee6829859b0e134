//! Every way through the dialogue, to some depth: 0 leads to a person from everywhere, no way ends a
//! call that the caller did not end, and something always comes next.

use super::super::{Ability, Command, Happened, Setting, Stage};
use super::city::{Play, Says, setting};
use crate::leg::Transfer;
use bot::Presence;
use proptest::prelude::*;

/// What may happen on a call.
#[derive(Clone, Debug)]
enum Step {
    Key(char),
    Words(&'static str),
    Nothing,
    Noise,
    Typed(&'static str),
    Quiet,
    Bot(u8),
    Transfer(bool),
    Kept(bool),
}

const KEYS: &str = "123456789*#";
const WORDS: [&str; 12] = [
    "护照多少钱",
    "How much is it?",
    "继续",
    "再说一遍",
    "慢一点",
    "大声点",
    "等一下",
    "对",
    "不用",
    "第二个",
    "嗯",
    "13800001111",
];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        prop::sample::select(KEYS.chars().collect::<Vec<_>>()).prop_map(Step::Key),
        prop::sample::select(&WORDS[..]).prop_map(Step::Words),
        Just(Step::Nothing),
        Just(Step::Noise),
        prop::sample::select(&["护照\n", "x", "0\n", "\u{8}"][..]).prop_map(Step::Typed),
        Just(Step::Quiet),
        (0..4_u8).prop_map(Step::Bot),
        any::<bool>().prop_map(Step::Transfer),
        any::<bool>().prop_map(Step::Kept),
    ]
}

fn take(play: &mut Play, step: &Step) {
    match step {
        Step::Key(key) => play.presses(&key.to_string()),
        Step::Words(words) => play.says(words),
        Step::Nothing => drop(play.waits()),
        Step::Noise => play.says(""),
        Step::Typed(text) => play.happens(Happened::Typed((*text).into())),
        Step::Quiet => drop(play.listens()),
        Step::Bot(which) if !play.asked.is_empty() => {
            let says = [
                Says::Found("一句。两句。"),
                Says::NotFound("没有。"),
                Says::Choices(&["一", "二"]),
                Says::Person("热线。"),
            ];
            play.bot(&says[usize::from(*which)], Presence::There);
        }
        Step::Transfer(done) => {
            let how = if *done { Transfer::Done } else { Transfer::Failed(None) };
            play.happens(Happened::Transfer(how));
        }
        Step::Kept(kept) => play.happens(Happened::CallBackKept(*kept)),
        Step::Bot(_) => {}
    }
}

/// Whether the caller has asked for the end.
fn said_goodbye(step: &Step, play: &Play) -> bool {
    matches!(step, Step::Key('9')) || play.call.stage == Stage::Leaving
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn zero_is_a_person_and_nothing_ends_unasked(
        steps in prop::collection::vec(step(), 0..25),
        transfers in any::<bool>(),
        ears in any::<bool>(),
    ) {
        let ability = |has| if has { Ability::Present } else { Ability::Absent };
        let mut play = Play::new(Setting {
            transfers: ability(transfers),
            ears: ability(ears),
            caller: Some("13912345678".into()),
            ..setting()
        });
        let mut goodbye = false;
        for step in &steps {
            take(&mut play, step);
            goodbye |= said_goodbye(step, &play);
            prop_assert!(goodbye || !play.has_hung_up(), "{steps:?}");
        }
        // Something always comes next: it speaks, it thinks, it was asked to connect, or it waits.
        play.said.clear();
        let next = play.call.deadline().is_some()
            || play.call.is_talking
            || play.call.waiting.is_some()
            || play.call.hears
            || play.call.stage == Stage::Transferring
            || play.has_hung_up()
            || play.commands.iter().any(|command| matches!(command, Command::KeepCallBack(_)));
        prop_assert!(next, "{steps:?} leads nowhere: {:?}", play.call.stage);
        let before = play.asked.len();
        play.presses("0");
        if play.asked.len() == before {
            // A digit of a number; alone, it is a person after the pause between digits.
            prop_assert_eq!(&play.call.stage, &Stage::Number);
            play.presses("*");
            play.presses("0");
            // What is half typed is a message first.
            while play.call.stage == Stage::Number && play.waits() {}
        }
        let (_, asked) = play.asked.last().expect("a person was asked for");
        prop_assert!(asked == "人工" || asked == "person", "{asked}");
    }
}
