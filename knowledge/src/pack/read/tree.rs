//! What TOML and YAML have in common: values that know their line.
//! Ends at syntax; what a value means is decided by `take`.

use jiff::civil::Date;

/// A value and the line on which it starts.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) line: u32,
    pub(crate) value: Value,
}

/// A value as written.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    /// A number or truth value, as written.
    Bare(String),
    Date(Date),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
    Nothing,
}

impl Value {
    /// What it is, in an editor's words.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Bare(_) => "a number",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Nothing => "nothing",
        }
    }
}

/// Which line, from 1, an offset lies on.
pub(crate) struct LineIndex(Vec<usize>);

impl LineIndex {
    pub(crate) fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    pub(crate) fn line(&self, offset: usize) -> u32 {
        u32::try_from(self.0.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }
}
