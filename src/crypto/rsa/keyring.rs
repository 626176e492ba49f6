//! A cache of keys. Reading a key takes longer than using it, and a server has few keys.

use std::rc::Rc;

use sha2::{Digest, Sha256};

use crate::{Error, Input};

/// The capacity of the cache. The key that was unused for the longest time is removed first, and wiped.
const KEPT: usize = 8;

/// Keys by the digest of their input, the last used key at the end.
pub(super) struct Keyring<K>(Vec<([u8; 32], Rc<K>)>);

impl<K> Keyring<K> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns the key of a field, and reads it if it is not in the cache.
    pub(super) fn get(&mut self, field: &Input, read: impl FnOnce() -> Result<K, Error>) -> Result<Rc<K>, Error> {
        let Some(cache_key) = cache_key(field) else { return read().map(Rc::new) };
        let known = self.0.iter().position(|(known, _)| *known == cache_key).map(|index| self.0.remove(index));
        let (_, key) = match known {
            Some(known) => known,
            None => (cache_key, Rc::new(read()?)),
        };
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push((cache_key, key.clone()));
        Ok(key)
    }
}

/// The digest under which a key is cached. It covers the kind of the input, because the same characters can mean one
/// key as text and another as bytes.
fn cache_key(field: &Input) -> Option<[u8; 32]> {
    let (kind, content) = match field {
        Input::Text(text) => (0, text.as_bytes()),
        Input::Bytes(bytes) => (1, &**bytes),
        _ => return None,
    };
    Some(Sha256::new().chain_update([kind]).chain_update(content).finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_once_and_the_least_recently_used_key_is_removed() {
        let mut keyring = Keyring::new();
        let mut read = Vec::new();
        let mut get = |name: u8| {
            let mut is_read = false;
            let key = keyring.get(&name.to_string().into(), || {
                is_read = true;
                Ok(name)
            });
            assert_eq!(*key.unwrap(), name);
            read.push(is_read);
        };
        (0..8).for_each(&mut get);
        // 8 replaces 1, because 0 was used after 1.
        [0, 8, 0, 1].into_iter().for_each(&mut get);
        assert_eq!(read, [[true; 8].as_slice(), &[false, true, false, true]].concat());
        assert_eq!(keyring.0.len(), KEPT);
    }

    #[test]
    fn bytes_and_text_are_different_keys_and_errors_are_not_cached() {
        let mut keyring = Keyring::new();
        assert_eq!(keyring.get(&"A".into(), || Err(Error::Key("privateKey"))), Err(Error::Key("privateKey")));
        assert_eq!(keyring.get(&"A".into(), || Ok(1)), Ok(Rc::new(1)));
        assert_eq!(keyring.get(&b"A".to_vec().into(), || Ok(2)), Ok(Rc::new(2)));
        assert_eq!(keyring.get(&"A".into(), || Ok(3)), Ok(Rc::new(1)));
        assert_eq!(keyring.get(&Input::Absent, || Err(Error::Input("privateKey"))), Err(Error::Input("privateKey")));
    }
}
