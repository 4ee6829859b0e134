//! Help on the spot: what a place offers to people who need it.

use jiff::civil::Weekday;

use super::days::weekday;

/// Help of one kind, on every day or on one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Help {
    /// What is offered.
    pub kind: HelpKind,
    /// The day of the week on which it is; on every day, if none.
    pub day: Option<Weekday>,
}

/// What can be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HelpKind {
    /// No steps on the way in.
    StepFree,
    /// A lift.
    Lift,
    /// A toilet for wheelchair users.
    AccessibleToilet,
    /// A wheelchair to borrow.
    Wheelchair,
    /// A hearing loop.
    HearingLoop,
    /// Somebody who signs.
    SignLanguage,
    /// Glasses to borrow.
    ReadingGlasses,
    /// Paper in large print.
    LargePrint,
    /// Paper in braille.
    Braille,
    /// Staff who write for you.
    StaffFillInForms,
    /// A queue for those who cannot stand long.
    PriorityQueue,
    /// An interpreter.
    Interpreter,
    /// A room to nurse a child.
    NursingRoom,
    /// A place to park.
    Parking,
}

impl HelpKind {
    /// All kinds: as a pack writes them, and as they are said in Chinese and in English.
    pub const ALL: [(HelpKind, &'static str, &'static str, &'static str); 14] = [
        (HelpKind::StepFree, "step-free", "无台阶通道", "step-free entrance"),
        (HelpKind::Lift, "lift", "电梯", "lift"),
        (HelpKind::AccessibleToilet, "accessible-toilet", "无障碍卫生间", "accessible toilet"),
        (HelpKind::Wheelchair, "wheelchair", "可借轮椅", "wheelchair to borrow"),
        (HelpKind::HearingLoop, "hearing-loop", "助听感应设备", "hearing loop"),
        (HelpKind::SignLanguage, "sign-language", "手语服务", "sign language"),
        (HelpKind::ReadingGlasses, "reading-glasses", "可借老花镜", "reading glasses to borrow"),
        (HelpKind::LargePrint, "large-print", "大字版材料", "large print"),
        (HelpKind::Braille, "braille", "盲文材料", "braille"),
        (
            HelpKind::StaffFillInForms,
            "staff-fill-in-forms",
            "工作人员帮您填表",
            "staff fill in forms for you",
        ),
        (HelpKind::PriorityQueue, "priority-queue", "优先窗口", "priority queue"),
        (HelpKind::Interpreter, "interpreter", "口译服务", "interpreter"),
        (HelpKind::NursingRoom, "nursing-room", "母婴室", "nursing room"),
        (HelpKind::Parking, "parking", "停车位", "parking"),
    ];

    /// As a pack writes it.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    pub(super) fn chinese(self) -> &'static str {
        self.row().2
    }

    pub(super) fn english(self) -> &'static str {
        self.row().3
    }

    fn row(self) -> (HelpKind, &'static str, &'static str, &'static str) {
        Self::ALL.into_iter().find(|row| row.0 == self).unwrap_or(Self::ALL[0])
    }
}

impl Help {
    /// From `hearing-loop` or `sign-language:Wed`.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, day) = match text.split_once(':') {
            Some((name, day)) => (name, Some(weekday(day)?)),
            None => (text, None),
        };
        let kind = HelpKind::ALL.into_iter().find(|row| row.1 == name.trim())?.0;
        Some(Self { kind, day })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_name() {
        for (kind, name, ..) in HelpKind::ALL {
            assert_eq!(Help::parse(name), Some(Help { kind, day: None }));
            assert_eq!(kind.name(), name);
        }
        assert_eq!(Help::parse("sign-language:Wed").and_then(|h| h.day), Some(Weekday::Wednesday));
        assert_eq!(Help::parse("sign-language:Someday"), None);
        assert_eq!(Help::parse("jetpack"), None);
    }
}
