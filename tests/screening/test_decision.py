"""
From answers to decisions, and the policy that weighs them.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.errors import DataError
from bandcheck.screening.decision import Decision, ask_seller, decide, label
from bandcheck.screening.finding import Answer, Finding, Gate, fails, passes, unknown
from bandcheck.screening.policy import DEFAULT, Hardness, Policy, Waiver
from screening_cases import POLICY

PASS, FAIL, UNKNOWN = Answer.PASS, Answer.FAIL, Answer.UNKNOWN
HARD, SOFT = Hardness.HARD, Hardness.SOFT


@pytest.mark.parametrize(
    ("bands", "identity", "claims", "software", "expected"),
    [
        (PASS, PASS, PASS, PASS, Decision.LIST),
        (PASS, PASS, UNKNOWN, UNKNOWN, Decision.LIST),  # soft: what nobody knows weighs nothing
        (PASS, PASS, FAIL, PASS, Decision.LABEL),
        (PASS, UNKNOWN, FAIL, PASS, Decision.HOLD),
        (FAIL, UNKNOWN, FAIL, PASS, Decision.BLOCK),
        (FAIL, PASS, PASS, PASS, Decision.BLOCK),
    ],
)
def test_decisions(bands: Answer, identity: Answer, claims: Answer, software: Answer, expected: Decision) -> None:
    """
    Any hard fail blocks, else any hard unknown holds, else any soft fail puts a label on.
    """
    answers = {Gate.BANDS: bands, Gate.IDENTITY: identity, Gate.CLAIMS: claims, Gate.SOFTWARE: software}

    assert expected is decide(answers, POLICY.gates)


answers = st.fixed_dictionaries({gate: st.sampled_from([PASS, FAIL, UNKNOWN]) for gate in Gate})
weights = st.fixed_dictionaries({gate: st.sampled_from(list(Hardness)) for gate in Gate})


@given(answers, weights, st.sampled_from(list(Gate)))
def test_a_harder_gate_never_loosens(said: dict[Gate, Answer], gates: dict[Gate, Hardness], one: Gate) -> None:
    """
    Making one gate harder gives the same decision or a harder one.
    """
    order = [Hardness.ADVISORY, Hardness.SOFT, Hardness.HARD]
    decisions = [decide(said, {**gates, one: hardness}) for hardness in order]

    assert sorted(decisions) == decisions


@given(answers, weights, st.sampled_from(list(Gate)))
def test_a_better_answer_never_hardens(said: dict[Gate, Answer], gates: dict[Gate, Hardness], one: Gate) -> None:
    """
    From fail to unknown to pass the decision gets milder, if it changes; a waived gate weighs as one that passes.
    """
    decisions = [decide({**said, one: answer}, gates) for answer in (FAIL, UNKNOWN, PASS)]
    waived = decide({gate: answer for gate, answer in said.items() if gate is not one}, gates)

    if gates[one] is HARD:
        assert sorted(decisions, reverse=True) == decisions
    assert decisions[0] >= decisions[2] == waived


def test_label_and_question() -> None:
    """
    The label tells what soft gates found, the question asks what would settle the rest.
    """
    findings: dict[Gate, Finding] = {
        Gate.IDENTITY: unknown("BC111", "Open.", asks=("the number",)),
        Gate.BANDS: passes("BC240", "Fine."),
        Gate.CLAIMS: fails("BC701", "Wrong.", label="It is not so."),
        Gate.SOFTWARE: fails("BC802", "None.", label="No apps."),
        Gate.SELLER: Finding(Answer.UNKNOWN, (), ("your name",)),
    }

    assert "It is not so. No apps." == label(findings, POLICY.gates)
    assert "It is not so." == label(findings, {**POLICY.gates, Gate.SOFTWARE: Hardness.HARD})
    assert "We cannot list “X” yet. Please send: the number." == ask_seller("X", findings, POLICY.gates)
    assert "" == ask_seller("X", {Gate.BANDS: findings[Gate.BANDS]}, POLICY.gates)


OPEN = unknown("BC413", "No record.", asks=("the certificate",))


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ({Gate.BANDS: fails("BC241", "No 4G.")}, "We cannot list “X”. No 4G."),
        ({Gate.BANDS: fails("BC241", "No 4G."), Gate.CERTIFICATION: OPEN}, "We cannot list “X”. No 4G."),
        (
            {Gate.BANDS: fails("BC241", "No 4G."), Gate.AUTHORISATION: fails("BC503", "Denied.")},
            "We cannot list “X”. No 4G. Denied.",
        ),
        (
            {Gate.CERTIFICATION: OPEN, Gate.SOFTWARE: unknown("BC803", "Open.", asks=("the software",))},
            "We cannot list “X” yet. Please send: the certificate.",
        ),
        (
            {Gate.IDENTITY: unknown("BC113", "A case.", asks=("its number",)), Gate.CERTIFICATION: OPEN},
            "We cannot list “X” yet. Please send: its number.",
        ),
        ({Gate.BANDS: unknown("BC244", "Open.")}, ""),
    ],
)
def test_messages_to_sellers(findings: dict[Gate, Finding], expected: str) -> None:
    """
    A seller is asked for what is needed and no more: nothing where nothing helps, no papers of what is no phone.
    """
    assert expected == ask_seller("X", findings, POLICY.gates)


class TestPolicy:
    """
    The file that says what is asked.
    """

    def write(self, folder: Path, text: str) -> Path:
        path = folder / "ours.yaml"
        path.write_text(text)
        return path

    def test_the_default(self) -> None:
        """
        As the documentation says.
        """
        soft = {gate for gate, hardness in POLICY.gates.items() if hardness is SOFT}

        assert ("mvno-default", 3, 24, "all", False, ()) == (
            POLICY.name,
            POLICY.min_data,
            POLICY.horizon_months,
            POLICY.hosts,
            POLICY.emergency,
            POLICY.waivers,
        )
        assert {Gate.CLAIMS, Gate.SOFTWARE} == soft
        assert set(Gate) == set(POLICY.gates)
        assert Hardness.ADVISORY is POLICY.gates[Gate.SELLER]

    def test_what_is_left_out_is_as_in_the_default(self, tmp_path: Path) -> None:
        """
        A policy of one line changes one thing.
        """
        policy = Policy.load(self.write(tmp_path, "min_data: 3g\n"))

        assert (2, 24, POLICY.gates, "mvno-default") == (
            policy.min_data,
            policy.horizon_months,
            policy.gates,
            policy.name,
        )

    def test_everything(self, tmp_path: Path) -> None:
        """
        Every key is read.
        """
        text = """
name: ours
min_data: 5g
horizon_months: 0
hosts: [xx/alpha]
emergency: required
gates: {software: hard, claims: advisory}
waivers:
  - {listing: S-1, gate: bands, owner: me, reason: A test., expires: "2016-03-31", evidence: ticket 1}
"""
        policy = Policy.load(self.write(tmp_path, text))
        (waiver,) = policy.waivers

        assert ("ours", 4, 0, frozenset({"xx/alpha"}), True) == (
            policy.name,
            policy.min_data,
            policy.horizon_months,
            policy.hosts,
            policy.emergency,
        )
        assert (Hardness.HARD, Hardness.ADVISORY) == (policy.gates[Gate.SOFTWARE], policy.gates[Gate.CLAIMS])
        assert Waiver(Gate.BANDS, "me", "A test.", dt.date(2016, 3, 31), "S-1", "", "ticket 1") == waiver

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("min_data: 6g", "min_data: expected one of 2g, 3g, 4g, 5g, got '6g'"),
            ("horizon_months: -1", "horizon_months: expected a number from 0 on"),
            ("horizon_months: 1000", "horizon_months: expected a number up to 120"),
            ("hosts: some", "hosts: expected one of all, any"),
            ("hosts: []", "hosts: expected all, any, or a list of carrier ids"),
            ("gates: {bands: harsh}", "gates.bands: expected one of hard, soft, advisory"),
            ("gates: {bnads: hard}", "gates.bnads: unknown field `bnads`. Did you mean `bands`?"),
            ("gates: {seller: hard}", "gates.seller: this gate takes notes and decides nothing"),
            ("mindata: 4g", "unknown field `mindata`. Did you mean `min_data`?"),
            ("waivers: [{gate: bands}]", "waivers[0]: `owner` is missing"),
            (
                "waivers: [{gate: bands, owner: a, reason: b, expires: '2016-02-31', listing: x}]",
                "'2016-02-31' is not a date",
            ),
            (
                "waivers: [{gate: bands, owner: a, reason: b, expires: '2016'}]",
                "it names neither a listing nor a device",
            ),
            ("", "the file is empty"),
            ("min_data: [", "not YAML"),
        ],
    )
    def test_problems(self, tmp_path: Path, text: str, found: str) -> None:
        """
        Each with its line, all at once.
        """
        path = self.write(tmp_path, text)
        with pytest.raises(DataError) as caught:
            Policy.load(path)

        assert found in str(caught.value)
        assert str(path) in str(caught.value)

    def test_the_default_explains_itself(self) -> None:
        """
        Every key of the default policy has a comment before or beside it.
        """
        lines = DEFAULT.read_text().splitlines()
        keys = [n for n, line in enumerate(lines) if line and line[0] not in " #-"]

        assert 7 == len(keys)
        assert all(lines[n - 1].startswith("#") or "#" in lines[n] for n in keys)
