//! Facets: the sides of a service that people ask about, and that a page's headings answer.

use serde::{Deserialize, Serialize};

/// One side of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// Who may have it.
    Who,
    /// Which papers to bring.
    Bring,
    /// What it costs.
    Cost,
    /// How long it takes.
    Time,
    /// What to do, step by step.
    How,
    /// Where to go.
    Where,
    /// Under which rules.
    Law,
    /// How to get it without a mobile phone.
    WithoutPhone,
    /// The same in a few short words.
    Simple,
}

impl Facet {
    /// All facets, in the order a page shows them.
    pub const ALL: [Facet; 9] = [
        Facet::Who,
        Facet::Bring,
        Facet::Cost,
        Facet::Time,
        Facet::How,
        Facet::Where,
        Facet::Law,
        Facet::WithoutPhone,
        Facet::Simple,
    ];

    /// The name used in packs, logs and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Who => "who",
            Facet::Bring => "bring",
            Facet::Cost => "cost",
            Facet::Time => "time",
            Facet::How => "how",
            Facet::Where => "where",
            Facet::Law => "law",
            Facet::WithoutPhone => "without-phone",
            Facet::Simple => "simple",
        }
    }
}
