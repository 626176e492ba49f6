//! Keys that were read before. To read one costs about as much as to use it, and a server has few.

use std::rc::Rc;

use crate::{Error, Input};

/// How many keys are kept. The one that was not used for longest goes first, and is wiped with what it was read from.
const KEPT: usize = 8;

/// Keys, and the texts or bytes that they were read from, the last used one at the end.
pub(super) struct Keyring<K>(Vec<(Input<'static>, Rc<K>)>);

impl<K> Keyring<K> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// The key of a field, which is read where it was not before.
    pub(super) fn get(&mut self, field: &Input, read: impl FnOnce() -> Result<K, Error>) -> Result<Rc<K>, Error> {
        let known = self.0.iter().position(|(from, _)| is_same(from, field)).map(|index| self.0.remove(index));
        let (from, key) = match known {
            Some(known) => known,
            None => (field.to_static(), Rc::new(read()?)),
        };
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push((from, key.clone()));
        Ok(key)
    }
}

fn is_same(a: &Input, b: &Input) -> bool {
    match (a, b) {
        (Input::Text(a), Input::Text(b)) => a == b,
        (Input::Bytes(a), Input::Bytes(b)) => a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_once_and_the_least_used_one_goes() {
        let mut keyring = Keyring::new();
        let mut read = Vec::new();
        let mut get = |name: u8, text: &str| {
            let mut is_read = false;
            let key = keyring.get(&text.into(), || {
                is_read = true;
                Ok(name)
            });
            assert_eq!(*key.unwrap(), name);
            read.push(is_read);
        };
        (0..8).for_each(|name| get(name, &name.to_string()));
        get(0, "0");
        get(8, "8");
        // 0 was used after 1, which made room for 8.
        get(0, "0");
        get(1, "1");
        assert_eq!(read, [[true; 8].as_slice(), &[false, true, false, true]].concat());
        assert_eq!(keyring.0.len(), KEPT);
    }

    #[test]
    fn bytes_are_another_key_than_a_text_and_errors_are_not_kept() {
        let mut keyring = Keyring::new();
        assert_eq!(keyring.get(&"A".into(), || Err(Error::Key("privateKey"))), Err(Error::Key("privateKey")));
        assert_eq!(keyring.get(&"A".into(), || Ok(1)), Ok(Rc::new(1)));
        assert_eq!(keyring.get(&b"A".to_vec().into(), || Ok(2)), Ok(Rc::new(2)));
        assert_eq!(keyring.get(&"A".into(), || Ok(3)), Ok(Rc::new(1)));
    }
}
