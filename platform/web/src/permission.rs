//! Who may do what: roles, kinds of organisation, and the permission every route declares.

use crate::ctx::SignedIn;

/// What a member may do inside the organisation. Stored by [`Role::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Reads and comments.
    Member,
    /// Writes drafts.
    Editor,
    /// Approves what others wrote.
    Approver,
    /// Invites and offboards the organisation's members.
    Manager,
    /// Runs the installation.
    Administrator,
}

impl Role {
    /// All roles, weakest first.
    pub const ALL: [Self; 5] = [
        Self::Member,
        Self::Editor,
        Self::Approver,
        Self::Manager,
        Self::Administrator,
    ];

    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Editor => "editor",
            Self::Approver => "approver",
            Self::Manager => "manager",
            Self::Administrator => "administrator",
        }
    }

    /// Reads the stored word; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// The kind of organisation a member belongs to. Stored by [`OrgKind::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrgKind {
    /// A prefecture's health and welfare office.
    Prefecture,
    /// A city or town.
    Municipality,
    /// A coordination desk of a medical association.
    Desk,
    /// A care or medical provider.
    Provider,
    /// A hospital.
    Hospital,
    /// Whoever runs the installation.
    Operator,
}

impl OrgKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Prefecture,
        Self::Municipality,
        Self::Desk,
        Self::Provider,
        Self::Hospital,
        Self::Operator,
    ];

    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Prefecture => "prefecture",
            Self::Municipality => "municipality",
            Self::Desk => "desk",
            Self::Provider => "provider",
            Self::Hospital => "hospital",
            Self::Operator => "operator",
        }
    }

    /// Reads the stored word; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// What a route demands before its handler runs. Features keep theirs as constants, so the list of routes is also the list of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Name in logs, tests and `renkei routes`: `areas.contact.edit`.
    pub name: &'static str,
    /// Roles that pass; empty means every role.
    pub roles: &'static [Role],
    /// Kinds of organisation that pass; empty means every kind.
    pub kinds: &'static [OrgKind],
    /// Whether the session must have shown a second factor.
    pub second_factor: bool,
    /// Whether a session is needed at all.
    pub signed_in: bool,
}

/// The answer of a permission to a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The handler may run.
    Allow,
    /// Nobody is signed in: to the sign-in page, and back.
    SignIn,
    /// Signed in, but the second factor is missing: to its page, and back.
    SecondFactor,
    /// Signed in, but not for this.
    Forbidden,
}

impl Permission {
    /// Everybody, signed in or not.
    pub const PUBLIC: Self = Self {
        name: "public",
        roles: &[],
        kinds: &[],
        second_factor: false,
        signed_in: false,
    };
    /// Every signed-in account, also before the second factor (account pages, the second-factor page itself).
    pub const SIGNED_IN: Self = Self {
        name: "signed-in",
        roles: &[],
        kinds: &[],
        second_factor: false,
        signed_in: true,
    };

    /// A rule by role, any kind of organisation, second factor needed.
    #[must_use]
    pub const fn roles(name: &'static str, roles: &'static [Role]) -> Self {
        Self {
            name,
            roles,
            kinds: &[],
            second_factor: true,
            signed_in: true,
        }
    }

    /// A rule for every signed-in account with a second factor, under a name of its own.
    #[must_use]
    pub const fn members(name: &'static str) -> Self {
        Self::roles(name, &[])
    }

    /// Narrows the rule to some kinds of organisation.
    #[must_use]
    pub const fn kinds(mut self, kinds: &'static [OrgKind]) -> Self {
        self.kinds = kinds;
        self
    }

    /// Drops the second factor (nothing behind this rule may show a person's record).
    #[must_use]
    pub const fn without_second_factor(mut self) -> Self {
        self.second_factor = false;
        self
    }

    /// Decides for a visitor. A role or kind that does not fit is refused before the second factor is asked for.
    #[must_use]
    pub fn decide(&self, me: Option<&SignedIn>) -> Decision {
        if !self.signed_in {
            return Decision::Allow;
        }
        let Some(me) = me else {
            return Decision::SignIn;
        };
        self.decide_for(me.role, me.kind, me.second_factor)
    }

    /// Decides for a role, a kind and a state of the second factor: the rule alone, for tables and tests.
    #[must_use]
    pub fn decide_for(&self, role: Role, kind: OrgKind, second_factor: bool) -> Decision {
        if !self.signed_in {
            return Decision::Allow;
        }
        let role_fits = self.roles.is_empty() || self.roles.contains(&role);
        let kind_fits = self.kinds.is_empty() || self.kinds.contains(&kind);
        if !role_fits || !kind_fits {
            Decision::Forbidden
        } else if self.second_factor && !second_factor {
            Decision::SecondFactor
        } else {
            Decision::Allow
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Permission =
        Permission::roles("t", &[Role::Editor, Role::Manager]).kinds(&[OrgKind::Municipality]);

    #[test]
    fn codes_round_trip() {
        for r in Role::ALL {
            assert_eq!(Role::from_code(r.code()), Some(r));
        }
        for k in OrgKind::ALL {
            assert_eq!(OrgKind::from_code(k.code()), Some(k));
        }
        assert_eq!(Role::from_code("root"), None);
    }

    #[test]
    fn every_role_and_kind() {
        for role in Role::ALL {
            for kind in OrgKind::ALL {
                for second in [false, true] {
                    let fits = matches!(role, Role::Editor | Role::Manager)
                        && kind == OrgKind::Municipality;
                    let expected = match (fits, second) {
                        (false, _) => Decision::Forbidden,
                        (true, false) => Decision::SecondFactor,
                        (true, true) => Decision::Allow,
                    };
                    assert_eq!(RULE.decide_for(role, kind, second), expected);
                    assert_eq!(
                        Permission::PUBLIC.decide_for(role, kind, second),
                        Decision::Allow
                    );
                    assert_eq!(
                        Permission::SIGNED_IN.decide_for(role, kind, second),
                        Decision::Allow
                    );
                }
            }
        }
        assert_eq!(RULE.decide(None), Decision::SignIn);
        assert_eq!(Permission::PUBLIC.decide(None), Decision::Allow);
    }
}
