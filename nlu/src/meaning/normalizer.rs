//! The model's own spelling of a text: its table of replacements (NFKC and more, in the model's
//! file), single spaces, each written as `▁`, one at the beginning. Follows SentencePiece's
//! `Normalizer`; it must not differ, or pieces are not found.

/// The table: a double-array trie of what is replaced, and the replacements, each ended by a zero
/// byte (darts-clone's units, as SentencePiece's `precompiled_charsmap` has them).
pub struct Normalizer {
    units: Vec<u32>,
    replacements: Vec<u8>,
}

const SPACE: &str = "\u{2581}";

impl Normalizer {
    /// Reads `precompiled_charsmap`; an empty one replaces nothing.
    pub fn read(table: &[u8]) -> Option<Normalizer> {
        if table.is_empty() {
            return Some(Normalizer { units: vec![], replacements: vec![] });
        }
        let (length, rest) = table.split_first_chunk::<4>()?;
        let (trie, replacements) =
            rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        let (units, odd) = trie.as_chunks::<4>();
        let units = units.iter().map(|unit| u32::from_le_bytes(*unit)).collect();
        odd.is_empty().then(|| Normalizer { units, replacements: replacements.to_vec() })
    }

    /// The text in the model's spelling; empty if nothing but spaces remains.
    pub fn normalize(&self, text: &str) -> String {
        let mut out = Vec::with_capacity(text.len() + text.len() / 4);
        let mut rest = text;
        let mut after_space = true;
        while !rest.is_empty() {
            let (mut part, length) = self.prefix(rest);
            rest = &rest[length..];
            if after_space {
                part = part.without_leading_spaces();
            }
            let Some(last) = part.last() else { continue };
            after_space = *last == b' ';
            out.extend(part);
        }
        let mut spelt = [SPACE, &String::from_utf8_lossy(&out).replace(' ', SPACE)].concat();
        spelt.truncate(spelt.trim_end_matches(SPACE).len());
        spelt
    }

    /// What the longest beginning in the table, or else the first character, is replaced by, and
    /// its length in bytes.
    fn prefix<'a>(&'a self, text: &'a str) -> (&'a [u8], usize) {
        let first = text.chars().next().map_or(0, char::len_utf8);
        let unchanged = (&text.as_bytes()[..first], first);
        let Some((length, value)) = self.longest(text.as_bytes()) else { return unchanged };
        // A damaged table may end within a character of the text.
        if !text.is_char_boundary(length) {
            return unchanged;
        }
        let Some(replacement) = self.replacements.get(value..) else { return unchanged };
        match replacement.iter().position(|byte| *byte == 0) {
            Some(end) => (&replacement[..end], length),
            None => unchanged,
        }
    }

    /// The longest beginning of a text that is in the trie: its length and its value.
    fn longest(&self, text: &[u8]) -> Option<(usize, usize)> {
        let mut found = None;
        let mut at = offset(*self.units.first()?);
        for (depth, byte) in text.iter().enumerate() {
            at ^= usize::from(*byte);
            let Some(unit) = self.units.get(at) else { break };
            if unit & 0x8000_00ff != u32::from(*byte) {
                break;
            }
            at ^= offset(*unit);
            if unit & 0x100 != 0 {
                let Some(leaf) = self.units.get(at) else { break };
                found = Some((depth + 1, (leaf & 0x7fff_ffff) as usize));
            }
        }
        found
    }
}

/// How far from a unit its children stand.
fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 0x200) >> 6)) as usize
}

trait Spaces {
    fn without_leading_spaces(&self) -> &Self;
}

impl Spaces for [u8] {
    fn without_leading_spaces(&self) -> &[u8] {
        &self[self.iter().take_while(|byte| **byte == b' ').count()..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A table that replaces "a" by "xy" and a tab by a space.
    fn table() -> Normalizer {
        let mut units = vec![0_u32; 256];
        units[0] = 1 << 10; // children at 1 ^ byte
        let mut put = |byte: u8, leaf: usize, value: u32| {
            let at = 1 ^ usize::from(byte);
            units[at] = u32::from(byte) | 0x100 | (((at ^ leaf) as u32) << 10);
            units[leaf] = 0x8000_0000 | value;
        };
        put(b'a', 200, 0);
        put(b'\t', 201, 3);
        let mut bytes = (units.len() as u32 * 4).to_le_bytes().to_vec();
        bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        bytes.extend(b"xy\0 \0");
        Normalizer::read(&bytes).expect("a table")
    }

    #[test]
    fn spaces_are_single_and_written_out() {
        assert_eq!(table().normalize("  b \t b  "), "▁b▁b");
        assert_eq!(table().normalize("bab"), "▁bxyb");
        assert_eq!(table().normalize("居住证"), "▁居住证");
        assert_eq!(table().normalize(" \t "), "");
        assert_eq!(table().normalize(""), "");
    }

    proptest! {
        #[test]
        fn no_table_and_no_text_make_it_panic(
            units in prop::collection::vec(any::<u32>(), 0..300),
            small in prop::collection::vec((0_u32..300, any::<u8>()), 0..300),
            replacements in prop::collection::vec(any::<u8>(), 0..50),
            text in any::<String>(),
        ) {
            let small = small.into_iter().map(|(to, byte)| to << 10 | 0x100 | u32::from(byte));
            for units in [units, small.collect()] {
                let length = (units.len() as u32 * 4).to_le_bytes();
                let units: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
                let table = [&length[..], &units, &replacements].concat();
                Normalizer::read(&table).expect("a table").normalize(&text);
                Normalizer::read(&table[..table.len() / 2]);
            }
            table().normalize(&text);
        }
    }
}
