//! The installation's key: a file outside the data directory from which all other keys are derived.

use std::{fmt, io::Write, path::Path, sync::Arc};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// The key of an installation. Clones share one copy, which is wiped when the last is dropped.
#[derive(Clone)]
pub struct InstallationKey(Arc<Zeroizing<[u8; 32]>>);

/// 32 bytes that are wiped after use.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

const NONCE: usize = 24;
/// The first line of a key file, so that another file is not taken for one.
const MARK: &str = "renkei-key-1";

impl fmt::Debug for InstallationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InstallationKey(…)")
    }
}

/// Bytes that nobody can guess, for keys and nonces.
///
/// # Errors
/// [`Error::Key`] when the system gives none.
#[expect(
    clippy::disallowed_methods,
    reason = "keys and nonces must never come from a test's fixed sequence"
)]
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::Key(format!("no randomness: {error}")))?;
    Ok(bytes)
}

impl InstallationKey {
    /// Makes a new key.
    ///
    /// # Errors
    /// [`Error::Key`] when the system gives no randomness.
    pub fn generate() -> Result<Self> {
        Ok(Self(Arc::new(Zeroizing::new(random()?))))
    }

    /// Reads the key from its file.
    ///
    /// # Errors
    /// [`Error::Key`] when the file is missing, is no key, or can be read by others than its owner.
    pub fn load(path: &Path) -> Result<Self> {
        let fail = |what: &str| Error::Key(format!("{}: {what}", path.display()));
        let text = Zeroizing::new(
            std::fs::read_to_string(path).map_err(|error| fail(&error.to_string()))?,
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(path)
                .map_err(|error| fail(&error.to_string()))?
                .permissions()
                .mode();
            if mode & 0o077 != 0 {
                return Err(fail(
                    "others than the owner can read the key; set its mode to 0600",
                ));
            }
        }
        let code = text
            .strip_prefix(MARK)
            .ok_or_else(|| fail("not a key file"))?
            .trim();
        let bytes = Zeroizing::new(
            data_encoding::BASE32_NOPAD
                .decode(code.as_bytes())
                .map_err(|_| fail("the key is damaged"))?,
        );
        let bytes: [u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| fail("the key is damaged"))?;
        Ok(Self(Arc::new(Zeroizing::new(bytes))))
    }

    /// Writes the key to a new file that only its owner can read; an existing file is never replaced.
    ///
    /// # Errors
    /// [`Error::Key`] when the file exists or cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        let fail = |error: std::io::Error| Error::Key(format!("{}: {error}", path.display()));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let code = Zeroizing::new(data_encoding::BASE32_NOPAD.encode(self.0.as_slice()));
        let mut file = options.open(path).map_err(fail)?;
        writeln!(file, "{MARK} {}", *code)
            .and_then(|()| file.sync_all())
            .map_err(fail)
    }

    /// A key for one purpose.
    pub(crate) fn derive(&self, purpose: &str) -> Secret {
        Zeroizing::new(mac(
            self.0.as_slice(),
            &[b"renkei derive", purpose.as_bytes()],
        ))
    }

    /// Encrypts a short secret. `context` names what it is and for whom; it must be the same to open it.
    ///
    /// # Errors
    /// [`Error::Key`] when the system gives no randomness.
    pub fn seal(&self, plain: &[u8], context: &str) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random()?;
        let sealed = XChaCha20Poly1305::new((&*self.derive("seal")).into())
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: plain,
                    aad: context.as_bytes(),
                },
            )
            .map_err(|_| Error::Key("cannot encrypt".to_owned()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what [`InstallationKey::seal`] made.
    ///
    /// # Errors
    /// [`Error::Key`] for another key, another context, or changed bytes.
    pub fn open(&self, sealed: &[u8], context: &str) -> Result<Zeroizing<Vec<u8>>> {
        let fail = || Error::Key(format!("{context}: sealed with another key, or changed"));
        let (nonce, body) = sealed.split_first_chunk::<NONCE>().ok_or_else(fail)?;
        XChaCha20Poly1305::new((&*self.derive("seal")).into())
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: body,
                    aad: context.as_bytes(),
                },
            )
            .map(Zeroizing::new)
            .map_err(|_| fail())
    }

    /// A keyed hash: equal only for equal contexts and bytes, and of no use without the key.
    #[must_use]
    pub fn mac(&self, context: &str, bytes: &[u8]) -> [u8; 32] {
        mac(self.derive("mac").as_slice(), &[context.as_bytes(), bytes])
    }

    /// A short name of this key that tells nothing about it: to say which key a backup needs.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.derive("fingerprint")[..8])
    }
}

/// HMAC-SHA-256 over parts, each preceded by its length so that no two lists of parts look alike.
pub(crate) fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key)
        .expect("HMAC takes keys of any length");
    for part in parts {
        hash.update(&(part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into_bytes().into()
}

/// The two keys of the audit trail: for the links of the chain and for the values of fields.
pub(crate) struct AuditKey {
    pub(crate) link: Secret,
    pub(crate) value: Secret,
}

impl AuditKey {
    pub(crate) fn new(key: &InstallationKey) -> Self {
        Self {
            link: key.derive("audit link"),
            value: key.derive("audit value"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_bytes_open_only_with_key_and_context() {
        let (key, other) = (
            InstallationKey::generate().unwrap(),
            InstallationKey::generate().unwrap(),
        );
        let sealed = key.seal(b"secret", "totp:1").unwrap();
        assert_eq!(key.open(&sealed, "totp:1").unwrap().as_slice(), b"secret");
        assert!(key.open(&sealed, "totp:2").is_err());
        assert!(other.open(&sealed, "totp:1").is_err());
        let mut changed = sealed;
        *changed.last_mut().unwrap() ^= 1;
        assert!(key.open(&changed, "totp:1").is_err());
        assert!(key.open(b"short", "totp:1").is_err());
    }

    #[test]
    fn a_key_file_is_private_and_never_replaced() {
        let path = std::env::temp_dir().join(format!("renkei-key-{}", std::process::id()));
        let key = InstallationKey::generate().unwrap();
        key.save(&path).unwrap();
        assert!(key.save(&path).is_err());
        assert_eq!(
            InstallationKey::load(&path).unwrap().fingerprint(),
            key.fingerprint()
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
            assert!(matches!(InstallationKey::load(&path), Err(Error::Key(_))));
        }
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(mac(b"k", &[b"ab", b"c"]), mac(b"k", &[b"a", b"bc"]));
    }
}
