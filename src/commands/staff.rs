//! `wendu staff`: who works at the desk.

use std::process::ExitCode;

use bot::{LanguageIdentifier, routing::Skills};
use clap::{Args, Subcommand, ValueEnum};
use desk::staff::Role;
use site::secret::Secret;

use super::{Shared, runtime, say};
use crate::{settings::Settings, store::staff};

/// Make, list and shut the accounts of those who work at the desk.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wendu staff add wang.fang --name \"王芳\"          prints a link by which she chooses a password\n  \
    wendu staff add li.lei --name \"李雷\" --role supervisor\n  \
    wendu staff role wang.fang editor\n  \
    wendu staff list\n  \
    wendu staff skills wang.fang --language zh --department civil-affairs --capacity 4\n  \
    wendu staff reset wang.fang                     a new link: the password is forgotten\n  \
    wendu staff disable wang.fang                   she is logged out and cannot come in")]
pub struct Staff {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make an account and print a link by which its owner chooses a password
    Add {
        /// The name to log in with: letters, digits, dots
        login: String,
        /// What visitors call this person
        #[arg(long)]
        name: String,
        /// What this person may do
        #[arg(long, value_enum, default_value_t = RoleWord::Clerk)]
        role: RoleWord,
    },
    /// List all accounts
    List {
        /// Print JSON, one object a line
        #[arg(long)]
        json: bool,
    },
    /// Shut an account and end its sessions
    Disable {
        /// The name to log in with
        login: String,
    },
    /// Open an account that was shut
    Enable {
        /// The name to log in with
        login: String,
    },
    /// Let somebody work as something else
    Role {
        /// The name to log in with
        login: String,
        /// What this person may do
        #[arg(value_enum)]
        role: RoleWord,
    },
    /// Say what somebody can see to: what is not named is not limited
    Skills {
        /// The name to log in with
        login: String,
        /// A language they speak; may be given again
        #[arg(long = "language")]
        languages: Vec<LanguageIdentifier>,
        /// A department whose subjects they know, by its ID in departments.toml; may be given again
        #[arg(long = "department")]
        departments: Vec<String>,
        /// How many conversations they can see to at a time
        #[arg(long)]
        capacity: Option<u16>,
    },
    /// Print a new link by which a password is chosen
    Reset {
        /// The name to log in with
        login: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleWord {
    /// Sees to visitors
    Clerk,
    /// And to how the desk is doing
    Supervisor,
    /// Sees to what is published and how it is worded
    Editor,
    /// Runs the service; sees no conversations
    Operator,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Role {
        match word {
            RoleWord::Clerk => Role::Clerk,
            RoleWord::Supervisor => Role::Supervisor,
            RoleWord::Editor => Role::Editor,
            RoleWord::Operator => Role::Operator,
        }
    }
}

impl Staff {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        let folder = &settings.data;
        let runtime = runtime()?;
        match self.what {
            What::Add { login, name, role } => {
                anyhow::ensure!(
                    is_login(&login),
                    "{login:?} cannot be a log-in name: use two to \
                    forty letters a to z, digits, dots, hyphens and underscores"
                );
                anyhow::ensure!(
                    !name.trim().is_empty(),
                    "`--name` is what visitors call this \
                    person: it cannot be empty"
                );
                let secret =
                    runtime.block_on(staff::add(folder, &login, name.trim(), role.into()))?;
                tell(&settings, &login, &secret);
            }
            What::List { json } => {
                for member in runtime.block_on(staff::list(folder))? {
                    let state = match (member.is_active, &member.password) {
                        (false, _) => "disabled",
                        (true, None) => "no password yet",
                        (true, Some(_)) => "active",
                    };
                    let (role, name) = (member.role.word(), &member.clerk.name);
                    say::line(&match json {
                        true => serde_json::json!({ "login": member.login, "name": name,
                            "role": role, "state": state })
                        .to_string(),
                        false => format!("{:20} {role:12} {state:16} {name}", member.login),
                    });
                }
            }
            What::Disable { login } => {
                runtime.block_on(staff::set_state(folder, &login, "disabled"))?;
                say::line(&format!("{login} is logged out and cannot come in"));
            }
            What::Enable { login } => {
                runtime.block_on(staff::set_state(folder, &login, "active"))?;
                say::line(&format!("{login} may come in again"));
            }
            What::Role { login, role } => {
                let role = Role::from(role);
                runtime.block_on(staff::set_role(folder, &login, role))?;
                say::line(&format!("{login} works as {} now", role.word()));
            }
            What::Skills { login, languages, departments, capacity } => {
                let skills = Skills { languages, departments, capacity };
                runtime.block_on(staff::set_skills(folder, &login, &skills))?;
                say::line(&format!("{login}: {}", told(&skills)));
            }
            What::Reset { login } => {
                let secret = runtime.block_on(staff::reset(folder, &login))?;
                tell(&settings, &login, &secret);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What somebody can see to, in words.
fn told(skills: &Skills) -> String {
    let listed = |all: Vec<String>| if all.is_empty() { "all".into() } else { all.join(", ") };
    let languages = listed(skills.languages.iter().map(ToString::to_string).collect());
    let departments = listed(skills.departments.clone());
    let capacity = skills.capacity.map_or("no limit".into(), |most| most.to_string());
    format!("languages: {languages}; departments: {departments}; at a time: {capacity}")
}

/// Whether one can log in by this name, on any keyboard.
fn is_login(login: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (2..=40).contains(&login.len()) && login.chars().all(fits)
}

fn tell(settings: &Settings, login: &str, secret: &Secret) {
    let hours = staff::LINK.as_hours();
    say::line(&format!("{login} chooses a password here, once, within {hours} hours:"));
    say::line(&format!("http://{}{}/link/{}", settings.listen, desk::PATH, secret.as_str()));
    say::problem(
        "Visitors reach this service at another address? Put that in place of the first part.",
    );
}
