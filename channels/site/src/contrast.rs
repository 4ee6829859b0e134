//! Contrast as WCAG 2.2 measures it (relative luminance, definition in the appendix), so that an
//! operator's colour can be refused with a number instead of an opinion.

/// The light page's backgrounds, by name; the same values as in `assets/tokens.css`.
pub const LIGHT: [(&str, &str); 2] = [("the light page", "#fbf6ee"), ("a light card", "#ffffff")];
/// The dark page's backgrounds; the same values as in `assets/dark.css`.
pub const DARK: [(&str, &str); 2] = [("the dark page", "#1b1714"), ("a dark card", "#27211c")];

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#')?;
        if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let n = u32::from_str_radix(hex, 16).ok()?;
        let [_, r, g, b] = n.to_be_bytes();
        Some(Colour([r, g, b]))
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

/// The contrast of two colours, from 1 to 21.
pub fn ratio(a: Colour, b: Colour) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(a: &str, b: &str) -> f64 {
        ratio(Colour::parse(a).unwrap(), Colour::parse(b).unwrap())
    }

    #[test]
    fn known_pairs_measure_as_published() {
        assert!((of("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        // The grey that WCAG's own understanding documents give as the 4.5:1 edge.
        assert!((of("#767676", "#ffffff") - 4.54).abs() < 0.01);
    }

    /// Every text colour of both palettes, on every background it is used on.
    #[test]
    fn our_own_palettes_reach_seven_to_one() {
        for (file, backgrounds) in [
            (include_str!("../assets/tokens.css"), LIGHT),
            (include_str!("../assets/dark.css"), DARK),
        ] {
            let value = |name: &str| {
                let start = file.find(&format!("--{name}: #")).unwrap() + name.len() + 4;
                &file[start..start + 7]
            };
            assert_eq!(value("paper"), backgrounds[0].1);
            assert_eq!(value("surface"), backgrounds[1].1);
            for text in ["ink", "muted", "accent", "alert"] {
                for paper in ["paper", "surface", "tint"] {
                    let measured = of(value(text), value(paper));
                    assert!(measured >= 7.0, "{text} on {paper}: {measured:.2}");
                }
            }
            // 1.4.11: edges of controls.
            for paper in ["paper", "surface", "tint"] {
                assert!(of(value("edge"), value(paper)) >= 3.0, "edge on {paper}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_colour_or_not_but_never_a_panic(text in "\\PC*") {
            let _ = Colour::parse(&text);
        }
    }
}
