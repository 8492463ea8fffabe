//! Long data encrypted in chunks (the STREAM construction over XChaCha20-Poly1305): order, length and end are sealed
//! too, and reading gives out nothing that has not been checked.

use std::io::{Error, ErrorKind, Read, Result, Write};

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};

/// Bytes of plain text in a chunk.
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// Encrypts what is written to it. [`Sealer::finish`] must be called, otherwise the data has no end and will not open.
pub(crate) struct Sealer<W: Write> {
    to: W,
    encryptor: EncryptorBE32<XChaCha20Poly1305>,
    plain: Vec<u8>,
}

fn failed(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, what.to_owned())
}

impl<W: Write> Sealer<W> {
    /// A key is used for one stream only, so the nonce can be fixed.
    pub(crate) fn new(key: &[u8; 32], to: W) -> Self {
        let encryptor =
            EncryptorBE32::from_aead(XChaCha20Poly1305::new(key.into()), &Default::default());
        Self {
            to,
            encryptor,
            plain: Vec::with_capacity(CHUNK),
        }
    }

    /// Writes the last chunk and gives back what was written to.
    pub(crate) fn finish(mut self) -> Result<W> {
        let last = self
            .encryptor
            .encrypt_last(self.plain.as_slice())
            .map_err(|_| failed("cannot encrypt"))?;
        self.to.write_all(&last)?;
        Ok(self.to)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        // A full chunk waits for more: only then is it known not to be the last.
        if self.plain.len() == CHUNK {
            let sealed = self
                .encryptor
                .encrypt_next(self.plain.as_slice())
                .map_err(|_| failed("cannot encrypt"))?;
            self.to.write_all(&sealed)?;
            self.plain.clear();
        }
        let taken = bytes.len().min(CHUNK - self.plain.len());
        self.plain.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> Result<()> {
        self.to.flush()
    }
}

/// Decrypts what is read from it.
pub(crate) struct Opener<R: Read> {
    from: R,
    decryptor: Option<DecryptorBE32<XChaCha20Poly1305>>,
    plain: Vec<u8>,
    given: usize,
    ahead: Vec<u8>,
}

impl<R: Read> Opener<R> {
    pub(crate) fn new(key: &[u8; 32], mut from: R) -> Result<Self> {
        let decryptor =
            DecryptorBE32::from_aead(XChaCha20Poly1305::new(key.into()), &Default::default());
        let ahead = chunk(&mut from)?;
        Ok(Self {
            from,
            decryptor: Some(decryptor),
            plain: Vec::new(),
            given: 0,
            ahead,
        })
    }

    fn next(&mut self) -> Result<()> {
        let Some(mut decryptor) = self.decryptor.take() else {
            return Ok(());
        };
        let sealed = std::mem::take(&mut self.ahead);
        self.ahead = chunk(&mut self.from)?;
        let wrong = |_| failed("the data was changed, cut off, or sealed with another key");
        self.given = 0;
        if self.ahead.is_empty() {
            self.plain = decryptor.decrypt_last(sealed.as_slice()).map_err(wrong)?;
        } else {
            self.plain = decryptor.decrypt_next(sealed.as_slice()).map_err(wrong)?;
            self.decryptor = Some(decryptor);
        }
        Ok(())
    }
}

/// The next sealed chunk; empty at the end.
fn chunk(from: &mut impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(CHUNK + TAG);
    from.take((CHUNK + TAG) as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl<R: Read> Read for Opener<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        if self.given == self.plain.len() {
            self.next()?;
        }
        let count = out.len().min(self.plain.len() - self.given);
        out[..count].copy_from_slice(&self.plain[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(plain: &[u8]) -> Vec<u8> {
        let mut sealer = Sealer::new(&[7; 32], Vec::new());
        sealer.write_all(plain).unwrap();
        sealer.finish().unwrap()
    }

    fn open(sealed: &[u8]) -> Result<Vec<u8>> {
        let mut plain = Vec::new();
        Opener::new(&[7; 32], sealed)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn every_length_comes_back() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17] {
            let plain: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            assert_eq!(open(&seal(&plain)).unwrap(), plain, "{length}");
        }
    }

    #[test]
    fn changes_cuts_and_reordering_are_found() {
        let sealed = seal(&vec![1; 3 * CHUNK]);
        assert!(
            open(&sealed[..2 * (CHUNK + TAG)]).is_err(),
            "a whole chunk cut off"
        );
        assert!(open(&sealed[..sealed.len() - 1]).is_err());
        assert!(open(&[]).is_err());
        let mut changed = sealed.clone();
        changed[CHUNK + 40] ^= 1;
        assert!(open(&changed).is_err());
        let mut swapped = sealed;
        let (first, rest) = swapped.split_at_mut(CHUNK + TAG);
        first.swap_with_slice(&mut rest[..CHUNK + TAG]);
        assert!(open(&swapped).is_err());
    }
}
