//! Typed ids: a newtype over a UUID for each kind of record, so that one cannot be passed for another.

use uuid::Uuid;

/// What all typed ids have in common, so that [`crate::Env::id`] can make any of them.
pub trait AnyId: Copy {
    /// The bare UUID, for the database.
    fn uuid(&self) -> Uuid;
    /// Takes a UUID that is known to name this kind of record.
    fn from_uuid(uuid: Uuid) -> Self;
}

/// Defines typed ids: `ids! { /** An answer. */ pub AnswerId; }`.
///
/// Each is `Copy`, ordered by its bytes (for version 7 that is the order of creation), written and
/// read as the hyphenated form.
#[macro_export]
macro_rules! ids {
    ($($(#[$meta:meta])* $vis:vis $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name($crate::macro_support::Uuid);

        impl $name {
            /// Takes a UUID that is known to name this kind of record.
            #[must_use]
            $vis const fn new(uuid: $crate::macro_support::Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID.
            #[must_use]
            $vis const fn uuid(&self) -> $crate::macro_support::Uuid {
                self.0
            }
        }

        impl $crate::AnyId for $name {
            fn uuid(&self) -> $crate::macro_support::Uuid {
                self.0
            }

            fn from_uuid(uuid: $crate::macro_support::Uuid) -> Self {
                Self(uuid)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::write!(f, ::core::concat!(::core::stringify!($name), "({})"), self.0)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::macro_support::UuidError;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                <$crate::macro_support::Uuid as ::core::str::FromStr>::from_str(text).map(Self)
            }
        }

        impl ::core::convert::From<$name> for $crate::macro_support::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl $crate::macro_support::Serialize for $name {
            fn serialize<S: $crate::macro_support::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> $crate::macro_support::Deserialize<'de> for $name {
            fn deserialize<D: $crate::macro_support::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let text = <::std::string::String as $crate::macro_support::Deserialize>::deserialize(deserializer)?;
                ::core::str::FromStr::from_str(&text).map_err($crate::macro_support::Error::custom)
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use crate::{AnyId, Env, OrganisationId, Time};

    #[test]
    fn an_id_survives_text_and_json() {
        let id: OrganisationId = Env::fixed(Time(0), 1).id();
        assert_eq!(OrganisationId::from_str(&id.to_string()).unwrap(), id);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<OrganisationId>(&json).unwrap(), id);
        assert!(serde_json::from_str::<OrganisationId>("\"x\"").is_err());
        assert_eq!(OrganisationId::from_uuid(AnyId::uuid(&id)), id);
        assert!(format!("{id:?}").starts_with("OrganisationId("));
    }
}
