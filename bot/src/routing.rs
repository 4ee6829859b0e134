//! Who is to take whom: what a clerk knows and speaks, whom a case was handed to, who had it before.
//! Every preference ends after a while, so that nobody waits for somebody who does not come. Pure.

use jiff::{SignedDuration, Timestamp};
use nlu::LanguageIdentifier;
use serde::{Deserialize, Serialize};

use crate::{
    queue::Open,
    stage::{Clerk, To},
};

/// How long a case is kept for whoever had it before.
const FOR_THE_SAME: SignedDuration = SignedDuration::from_mins(2);

/// How long it is kept for those who know the subject, speak the language, or were named.
const FOR_THE_RIGHT: SignedDuration = SignedDuration::from_mins(10);

/// What somebody at the desk can see to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Skills {
    /// Languages; none means all.
    pub languages: Vec<LanguageIdentifier>,
    /// Departments, by their IDs in the pack; none means all.
    pub departments: Vec<String>,
    /// How many cases at a time; nothing means as they like.
    pub capacity: Option<u16>,
}

/// Somebody who is there and takes cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// Who.
    pub clerk: Clerk,
    /// What they can see to.
    pub skills: Skills,
    /// How many cases they work at now.
    pub load: usize,
}

impl Worker {
    /// Whether they can take one more.
    pub fn is_free(&self) -> bool {
        self.skills.capacity.is_none_or(|most| self.load < usize::from(most))
    }

    fn speaks(&self, open: &Open) -> bool {
        let languages = &self.skills.languages;
        let speaks = |own: &LanguageIdentifier| own.language == open.language.language;
        languages.is_empty() || languages.iter().any(speaks)
    }

    fn knows(&self, department: Option<&str>) -> bool {
        let departments = &self.skills.departments;
        let Some(department) = department else { return true };
        departments.is_empty() || departments.iter().any(|own| own == department)
    }
}

/// Whether a worker is one of those whom a case is kept for.
type Fits<'a> = &'a dyn Fn(&Worker) -> bool;

/// Whether this worker should take a case next: the first of those for whom this holds does.
/// `department` is the one whose subject it is, where that is known.
pub fn suits(
    open: &Open,
    department: Option<&str>,
    worker: &Worker,
    all: &[Worker],
    now: Timestamp,
) -> bool {
    let waits = now.duration_since(open.idle);
    let department = match &open.case.to {
        Some(To::Department(id)) => Some(&**id),
        _ => department,
    };
    // Each wish stands as long as somebody there could fulfil it, and not for ever.
    let wishes: [(SignedDuration, Fits<'_>); 4] = [
        (
            FOR_THE_RIGHT,
            &|one| matches!(&open.case.to, Some(To::Clerk(to)) if to.id == one.clerk.id),
        ),
        (FOR_THE_SAME, &|one| {
            one.is_free() && open.case.before.as_ref().is_some_and(|by| by.id == one.clerk.id)
        }),
        (FOR_THE_RIGHT, &|one| one.speaks(open) && one.knows(department)),
        (FOR_THE_RIGHT, &|one| one.speaks(open)),
    ];
    let kept = wishes.iter().find(|(time, fits)| waits < *time && all.iter().any(fits));
    kept.is_none_or(|(_, fits)| fits(worker))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        handoff::Reason,
        stage::Case,
        store::{Address, ConversationId},
    };
    use nlu::langid;
    use proptest::prelude::*;

    fn clerk(id: i64) -> Clerk {
        Clerk { id, name: format!("Clerk {id}") }
    }

    fn worker(id: i64, languages: &[&str], departments: &[&str]) -> Worker {
        let languages = languages.iter().map(|tag| tag.parse().unwrap()).collect();
        let departments = departments.iter().map(|&id| id.to_owned()).collect();
        let skills = Skills { languages, departments, capacity: Some(2) };
        Worker { clerk: clerk(id), skills, load: 0 }
    }

    fn open(change: impl FnOnce(&mut Case)) -> Open {
        let mut case = Case::new(Reason::Asked, Timestamp::UNIX_EPOCH);
        change(&mut case);
        Open {
            id: ConversationId("a".into()),
            address: Address { channel: "web".into(), key: "a".into() },
            case,
            language: langid!("zh"),
            services: vec![],
            unanswered: 0,
            idle: Timestamp::UNIX_EPOCH,
            with: None,
        }
    }

    /// Who of them should take it at that minute.
    fn takers(open: &Open, department: Option<&str>, all: &[Worker], minute: i64) -> Vec<i64> {
        let now = Timestamp::from_second(minute * 60).unwrap();
        let takes = |worker: &&Worker| suits(open, department, worker, all, now);
        all.iter().filter(takes).map(|worker| worker.clerk.id).collect()
    }

    #[test]
    fn whoever_speaks_the_language_and_knows_the_subject_comes_first() {
        let all =
            [worker(1, &["en"], &[]), worker(2, &["zh"], &["housing"]), worker(3, &["zh"], &[])];
        let case = open(|_| ());
        assert_eq!(takers(&case, Some("housing"), &all, 0), [2, 3]);
        assert_eq!(takers(&case, Some("health"), &all, 0), [3]);
        assert_eq!(takers(&case, None, &all, 0), [2, 3]);
        assert_eq!(takers(&case, Some("health"), &all, 10), [1, 2, 3], "nobody waits for ever");
        assert_eq!(takers(&case, Some("health"), &all[..1], 0), [1], "nor for who is not there");
        assert_eq!(takers(&case, Some("health"), &all[..2], 0), [2], "the language weighs more");
    }

    #[test]
    fn a_case_is_kept_for_whom_it_was_handed_to_and_for_whoever_had_it() {
        let mut all = [worker(1, &[], &[]), worker(2, &[], &[])];
        let handed = open(|case| case.to = Some(To::Clerk(clerk(2))));
        assert_eq!(takers(&handed, None, &all, 9), [2]);
        assert_eq!(takers(&handed, None, &all[..1], 0), [1]);
        let known = open(|case| case.before = Some(clerk(1)));
        assert_eq!(takers(&known, None, &all, 1), [1]);
        assert_eq!(takers(&known, None, &all, 2), [1, 2]);
        all[0].load = 2;
        assert_eq!(takers(&known, None, &all, 1), [1, 2], "they have their hands full");
    }

    proptest! {
        /// As long as anybody is there, somebody should take every case.
        #[test]
        fn nobody_starves(
            skills in prop::collection::vec((0usize..3, 0usize..3, 0usize..4), 1..5),
            to in prop::option::of(1i64..7),
            before in prop::option::of(1i64..7),
            department in prop::option::of(0usize..3),
            minute in 0i64..30,
        ) {
            let tags = [&[][..], &["zh"], &["en"]];
            let departments = [&[][..], &["housing"], &["health"]];
            let all: Vec<Worker> = (1..).zip(&skills).map(|(id, &(language, subject, load))| {
                Worker { load, ..worker(id, tags[language], departments[subject]) }
            }).collect();
            let case = open(|case| {
                case.to = to.map(|id| To::Clerk(clerk(id)));
                case.before = before.map(clerk);
            });
            let department = department.map(|n| ["housing", "health", "tax"][n]);
            prop_assert!(!takers(&case, department, &all, minute).is_empty());
        }
    }
}
