//! Places that leave people standing in front of a door.

use std::path::Path;

use super::Linter;

/// What is missing of each place.
pub(super) fn lint(linter: &mut Linter<'_>) {
    let file = Path::new("places.toml");
    for (id, place) in &linter.pack.places {
        let missing = [
            (
                place.hours.is_empty(),
                "hours",
                "hours = [ { days = \"Mon-Fri\", open = [\"09:00-17:00\"] } ]",
            ),
            (place.address.is_none(), "address", "address = { zh = \"…\", en = \"…\" }"),
            (place.telephone.is_none(), "telephone", "telephone = \"…\""),
        ];
        for (_, key, example) in missing.into_iter().filter(|row| row.0) {
            linter.warn(file, id, format!("`{id}` has no {key}"), format!("Add `{example}`."));
        }
    }
}
