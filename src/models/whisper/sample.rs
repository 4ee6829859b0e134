//! A made-up Whisper model in CTranslate2's form, for tests: right in everything but its size. Every
//! number tells by its value which tensor it stands in.

use half::f16;

/// Its sizes: words, width, moments of sound, places in a text, bands.
pub const WORDS: u32 = 5;
pub const WIDTH: u32 = 64;
pub const SOUNDS: u32 = 6;
pub const TEXTS: u32 = 4;
pub const BANDS: u32 = 3;

/// Its three pieces of words, and a mark.
pub const TOKENIZER: &str = r#"{"model": {"vocab": {"!": 0, "Ġa": 1, "Ċ": 2, "<|end|>": 3}},
    "added_tokens": [{"id": 3}]}"#;

/// Its tensors: name and shape.
pub fn tensors() -> Vec<(String, Vec<u32>)> {
    let mut all = Vec::new();
    let mut add = |name: String, shape: &[u32]| all.push((name, shape.to_vec()));
    add("decoder/embeddings/weight".into(), &[WORDS, WIDTH]);
    add("decoder/position_encodings/encodings".into(), &[TEXTS, WIDTH]);
    add("encoder/position_encodings/encodings".into(), &[SOUNDS, WIDTH]);
    add("encoder/conv1/weight".into(), &[WIDTH, BANDS, 3]);
    add("encoder/conv1/bias".into(), &[WIDTH]);
    add("encoder/conv2/weight".into(), &[WIDTH, WIDTH, 3]);
    add("encoder/conv2/bias".into(), &[WIDTH]);
    for side in ["decoder", "encoder"] {
        let mut linear = |name: &str, rows: u32, columns: u32| {
            add(format!("{side}/layer_0/{name}/weight"), &[rows, columns]);
            add(format!("{side}/layer_0/{name}/bias"), &[rows]);
        };
        linear("self_attention/linear_0", 3 * WIDTH, WIDTH);
        linear("self_attention/linear_1", WIDTH, WIDTH);
        linear("ffn/linear_0", 4 * WIDTH, WIDTH);
        linear("ffn/linear_1", WIDTH, 4 * WIDTH);
        if side == "decoder" {
            linear("attention/linear_0", WIDTH, WIDTH);
            linear("attention/linear_1", 2 * WIDTH, WIDTH);
            linear("attention/linear_2", WIDTH, WIDTH);
            add("decoder/layer_0/attention/layer_norm/gamma".into(), &[WIDTH]);
            add("decoder/layer_0/attention/layer_norm/beta".into(), &[WIDTH]);
        }
        for norm in ["layer_norm", "layer_0/self_attention/layer_norm", "layer_0/ffn/layer_norm"] {
            add(format!("{side}/{norm}/gamma"), &[WIDTH]);
            add(format!("{side}/{norm}/beta"), &[WIDTH]);
        }
    }
    all
}

/// What a number of a tensor is: it tells which tensor, and nearly which row. Two bytes hold it exactly.
pub fn number(tensor: usize, row: u32) -> f32 {
    tensor as f32 * 32.0 + (row % 31) as f32
}

/// The whole model.
pub fn model() -> Vec<u8> {
    let tensors = tensors();
    let mut out = Vec::new();
    out.extend(6_u32.to_le_bytes());
    name(&mut out, "WhisperSpec");
    out.extend(3_u32.to_le_bytes());
    out.extend((tensors.len() as u32 + 1).to_le_bytes());
    for (place, (called, shape)) in tensors.iter().enumerate() {
        let row = shape[1..].iter().product::<u32>();
        let numbers = (0..shape[0]).flat_map(|at| (0..row).map(move |_| number(place, at)));
        let bytes: Vec<u8> = numbers.flat_map(|one| f16::from_f32(one).to_le_bytes()).collect();
        tensor(&mut out, called, shape, 4, &bytes);
    }
    tensor(&mut out, "decoder/num_heads", &[], 2, &[1, 0]);
    out.extend(1_u32.to_le_bytes());
    name(&mut out, "decoder/projection/weight");
    name(&mut out, "decoder/embeddings/weight");
    out
}

fn tensor(out: &mut Vec<u8>, called: &str, shape: &[u32], kind: u8, bytes: &[u8]) {
    name(out, called);
    out.push(shape.len() as u8);
    shape.iter().for_each(|dimension| out.extend(dimension.to_le_bytes()));
    out.push(kind);
    out.extend((bytes.len() as u32).to_le_bytes());
    out.extend(bytes);
}

/// Names end with a zero byte, which counts.
fn name(out: &mut Vec<u8>, called: &str) {
    out.extend((called.len() as u16 + 1).to_le_bytes());
    out.extend(called.as_bytes());
    out.push(0);
}
