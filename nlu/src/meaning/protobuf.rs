//! Protocol buffers' wire format, read only: the fields of one message, in order. Knows no schema;
//! what a field means is its caller's affair. (A reader of forty lines instead of a code generator
//! for three fields.)

/// One field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// A whole number, as written.
    Varint(u64),
    /// Four bytes.
    Fixed32([u8; 4]),
    /// Eight bytes.
    Fixed64([u8; 8]),
    /// A string, bytes or a message within.
    Bytes(&'a [u8]),
}

/// The fields of a message: number and value. A damaged message ends with `Err`.
pub fn fields(message: &[u8]) -> impl Iterator<Item = Result<(u64, Value<'_>), Damaged>> {
    let mut rest = message;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let field = field(&mut rest).ok_or(Damaged);
        if field.is_err() {
            rest = &[];
        }
        Some(field)
    })
}

/// The message breaks off or holds what the format does not have.
#[derive(Debug, PartialEq)]
pub struct Damaged;

fn field<'a>(rest: &mut &'a [u8]) -> Option<(u64, Value<'a>)> {
    let key = varint(rest)?;
    let value = match key & 7 {
        0 => Value::Varint(varint(rest)?),
        1 => Value::Fixed64(chunk(rest)?),
        2 => {
            let length = usize::try_from(varint(rest)?).ok()?;
            let (bytes, after) = rest.split_at_checked(length)?;
            *rest = after;
            Value::Bytes(bytes)
        }
        5 => Value::Fixed32(chunk(rest)?),
        _ => return None,
    };
    Some((key >> 3, value))
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn chunk<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (chunk, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*chunk)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_read_in_order() {
        // The example of the format's own description, then a string and a float.
        let message = [0x08, 0x96, 0x01, 0x12, 2, b'o', b'k', 0x1d, 0, 0, 0x80, 0x3f];
        let read: Vec<_> = fields(&message).collect();
        let one = Value::Fixed32(1.0_f32.to_le_bytes());
        let expected = [Ok((1, Value::Varint(150))), Ok((2, Value::Bytes(b"ok"))), Ok((3, one))];
        assert_eq!(read, expected);
        assert_eq!(fields(&[0x12, 9, 1]).collect::<Vec<_>>(), [Err(Damaged)]);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_go_on_for_ever(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(fields(&bytes).count() <= bytes.len());
        }

        #[test]
        fn what_is_written_is_read(number in any::<u64>(), text in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut message = vec![0x08];
            let write = |message: &mut Vec<u8>, mut value: u64| {
                while value >= 0x80 {
                    message.push(value as u8 | 0x80);
                    value >>= 7;
                }
                message.push(value as u8);
            };
            write(&mut message, number);
            message.push(0x12);
            write(&mut message, text.len() as u64);
            message.extend(&text);
            let read: Vec<_> = fields(&message).collect();
            prop_assert_eq!(read, [Ok((1, Value::Varint(number))), Ok((2, Value::Bytes(&text)))]);
        }
    }
}
