//! Whom to call in danger: the numbers of the whole country, unless the pack names its own.

use nlu::danger::Kind;

/// Telephone numbers for danger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The police.
    pub police: String,
    /// The police by text message, for those who must not be heard.
    pub police_text: String,
    /// The fire brigade.
    pub fire: String,
    /// The ambulance.
    pub ambulance: String,
    /// The women's rights hotline.
    pub women: String,
    /// The mental-health line.
    pub mind: String,
    /// The gas company's own emergency line.
    pub gas: Option<String>,
}

impl Numbers {
    /// The names in `[danger]`, as editors write them.
    pub const KEYS: [&str; 7] =
        ["police", "police_text", "fire", "ambulance", "women", "mind", "gas"];

    /// Whom to call first. The fire brigade comes for gas too.
    pub fn first(&self, kind: Kind) -> &str {
        match kind {
            Kind::Fire | Kind::Gas => &self.fire,
            Kind::Crime | Kind::ViolenceAtHome | Kind::MissingChild => &self.police,
            Kind::Medical | Kind::SelfHarm => &self.ambulance,
        }
    }
}

/// China's: 110, 12110, 119, 120, 12338 (women's rights), 12356 (mental health).
impl Default for Numbers {
    fn default() -> Numbers {
        Numbers {
            police: "110".into(),
            police_text: "12110".into(),
            fire: "119".into(),
            ambulance: "120".into(),
            women: "12338".into(),
            mind: "12356".into(),
            gas: None,
        }
    }
}
