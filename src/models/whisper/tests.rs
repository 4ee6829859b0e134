//! A made-up model is converted and read again field by field, as whisper.cpp reads its models; and
//! whatever else comes is refused.

use std::{collections::BTreeMap, io::Cursor};

use proptest::prelude::*;

use super::{sample::*, *};

/// whisper.cpp's reading of a model.
struct Ggml<'a>(&'a [u8]);

impl<'a> Ggml<'a> {
    fn bytes(&mut self, count: usize) -> &'a [u8] {
        let (now, rest) = self.0.split_at(count);
        self.0 = rest;
        now
    }

    fn number(&mut self) -> i32 {
        i32::from_le_bytes(self.bytes(4).try_into().expect("four"))
    }

    fn numbers(&mut self, count: usize) -> Vec<i32> {
        (0..count).map(|_| self.number()).collect()
    }

    /// Name, dimensions as written, and all numbers.
    fn tensor(&mut self) -> (String, Vec<i32>, Vec<f32>) {
        let (dimensions, name, kind) = (self.number(), self.number(), self.number());
        let shape = self.numbers(dimensions as usize);
        let name = String::from_utf8(self.bytes(name as usize).to_vec()).expect("text");
        let count = shape.iter().product::<i32>() as usize;
        let values = match kind {
            0 => self
                .bytes(4 * count)
                .chunks(4)
                .map(|four| f32::from_le_bytes(four.try_into().expect("four")))
                .collect(),
            1 => self
                .bytes(2 * count)
                .chunks(2)
                .map(|two| f16::from_le_bytes(two.try_into().expect("two")).to_f32())
                .collect(),
            other => panic!("{name} is of kind {other}"),
        };
        (name, shape, values)
    }
}

fn converted(model: &[u8]) -> Result<Vec<u8>, ConvertError> {
    let mut out = Vec::new();
    convert(&mut Cursor::new(model), TOKENIZER.as_bytes(), &mut out).map(|()| out)
}

#[test]
fn head_filters_and_words_stand_where_whisper_cpp_reads_them() {
    let bytes = converted(&model()).expect("converted");
    let mut ggml = Ggml(&bytes);
    assert_eq!(ggml.number(), 0x67676d6c);
    assert_eq!(ggml.numbers(11), [5, 6, 64, 1, 1, 4, 64, 1, 1, 3, 1]);
    assert_eq!(ggml.numbers(2), [3, 201]);
    let filters: Vec<_> = (0..3 * 201).map(|_| f32::from_bits(ggml.number() as u32)).collect();
    assert_eq!(filters, mel::filters(3).concat());
    assert_eq!(ggml.number(), 3);
    for word in [&b"!"[..], b" a", b"\n"] {
        assert_eq!(ggml.number() as usize, word.len());
        assert_eq!(ggml.bytes(word.len()), word);
    }
}

/// Everything behind the words.
fn written_tensors(bytes: &[u8]) -> Vec<(String, Vec<i32>, Vec<f32>)> {
    let mut ggml = Ggml(&bytes[4 * (12 + 2 + 3 * 201 + 1) + (4 + 1) + (4 + 2) + (4 + 1)..]);
    let mut all = Vec::new();
    while !ggml.0.is_empty() {
        all.push(ggml.tensor());
    }
    all
}

#[test]
fn every_tensor_has_its_name_its_shape_and_its_numbers() {
    let bytes = converted(&model()).expect("converted");
    let written = written_tensors(&bytes);
    let by_name: BTreeMap<_, _> =
        written.iter().map(|(name, s, v)| (name.as_str(), (s, v))).collect();
    assert_eq!(by_name.len(), written.len());
    // Six at the front, four norms; a layer has 17 tensors without and 28 with attention across.
    assert_eq!(written.len(), 5 + 15 + 2 + 2 + 24 + 2);
    let from: BTreeMap<_, _> =
        tensors().into_iter().enumerate().map(|(place, (name, _))| (name, place)).collect();
    let width = WIDTH as i32;
    for (to, source, first_row, shape) in [
        ("encoder.positional_embedding", "encoder/position_encodings/encodings", 0, vec![width, 6]),
        ("encoder.conv1.weight", "encoder/conv1/weight", 0, vec![3, 3, width]),
        ("encoder.conv2.bias", "encoder/conv2/bias", 0, vec![1, width]),
        ("encoder.ln_post.weight", "encoder/layer_norm/gamma", 0, vec![width]),
        (
            "encoder.blocks.0.attn.query.bias",
            "encoder/layer_0/self_attention/linear_0/bias",
            0,
            vec![width],
        ),
        (
            "encoder.blocks.0.attn.key.weight",
            "encoder/layer_0/self_attention/linear_0/weight",
            WIDTH,
            vec![width; 2],
        ),
        (
            "encoder.blocks.0.attn.value.weight",
            "encoder/layer_0/self_attention/linear_0/weight",
            2 * WIDTH,
            vec![width; 2],
        ),
        ("decoder.token_embedding.weight", "decoder/embeddings/weight", 0, vec![width, 5]),
        (
            "decoder.blocks.0.attn_ln.bias",
            "decoder/layer_0/self_attention/layer_norm/beta",
            0,
            vec![width],
        ),
        (
            "decoder.blocks.0.cross_attn.key.weight",
            "decoder/layer_0/attention/linear_1/weight",
            0,
            vec![width; 2],
        ),
        (
            "decoder.blocks.0.cross_attn.value.bias",
            "decoder/layer_0/attention/linear_1/bias",
            WIDTH,
            vec![width],
        ),
        (
            "decoder.blocks.0.cross_attn_ln.weight",
            "decoder/layer_0/attention/layer_norm/gamma",
            0,
            vec![width],
        ),
        (
            "decoder.blocks.0.mlp.0.weight",
            "decoder/layer_0/ffn/linear_0/weight",
            0,
            vec![width, 4 * width],
        ),
        (
            "decoder.blocks.0.mlp.2.weight",
            "decoder/layer_0/ffn/linear_1/weight",
            0,
            vec![4 * width, width],
        ),
        ("decoder.ln.bias", "decoder/layer_norm/beta", 0, vec![width]),
    ] {
        let (written, values) = by_name[to];
        assert_eq!(*written, shape, "{to}");
        let rows =
            if to.contains("conv2.bias") { width } else { *shape.last().expect("some") } as u32;
        let a_row = values.len() / rows as usize;
        for row in 0..rows {
            let expected = number(from[source], first_row + row);
            let there = &values[row as usize * a_row..][..a_row];
            assert!(there.iter().all(|&value| value == expected), "{to} row {row}: {there:?}");
        }
    }
    assert!(!by_name.contains_key("decoder.blocks.0.attn.key.bias"));
}

#[test]
fn they_come_in_the_order_of_openais_files() {
    let bytes = converted(&model()).expect("converted");
    let names: Vec<_> = written_tensors(&bytes).into_iter().map(|(name, ..)| name).collect();
    let place = |wanted: &str| names.iter().position(|name| name == wanted).expect("there");
    let order = [
        "encoder.positional_embedding",
        "encoder.conv1.weight",
        "encoder.blocks.0.attn.query.weight",
        "encoder.ln_post.bias",
        "decoder.token_embedding.weight",
        "decoder.blocks.0.mlp_ln.bias",
        "decoder.ln.bias",
    ];
    assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{names:?}");
}

#[test]
fn a_model_that_lacks_a_tensor_is_refused() {
    let mut bytes = model();
    let name = b"decoder/layer_0/ffn/linear_1/bias";
    let at = bytes.windows(name.len()).position(|window| window == name).expect("there");
    bytes[at] = b'x';
    let error = converted(&bytes).expect_err("refused").to_string();
    assert!(error.contains("decoder/layer_0/ffn/linear_1/bias"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_byte_is_changed_nothing_breaks(place in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = model();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let _ = converted(&bytes);
    }
}
