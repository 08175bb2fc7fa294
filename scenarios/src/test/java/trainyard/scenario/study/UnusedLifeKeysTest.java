package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.scenario.study.LifeOfKeys.CAUSE;
import static trainyard.scenario.study.LifeOfKeys.LIFE;
import static trainyard.scenario.study.LifeOfKeys.problems;
import static trainyard.scenario.study.LifeOfKeys.scenario;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.source.Problem;

/** Keys of faults, recovery and checkpoints that nothing reads, each with the choice that would read it. */
class UnusedLifeKeysTest {

    private static final String TIERS =
            "life.checkpoint.tiers=[{kind: peer-memory}, {kind: object-store, mode: upload}]";

    /** Each change is refused by itself, and in order with what follows it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "life.recovery.keeps-state=true | life.recovery.policy=elastic",
                "life.recovery.standbys=1 node | life.recovery.policy=hot-spare",
                "life.recovery.tolerated=1 node | life.recovery.policy=templates",
                "life.recovery.fills-bubbles=false | life.recovery.policy=reroute",
                "life.recovery.overhead=0.1 | life.recovery.policy=redundant-stages",
                "life.recovery.shards-per-replica=2 | life.recovery.policy=shards",
                "life.recovery.save=10 s | life.recovery.policy=just-in-time",
                "life.recovery.lead=10 min | life.recovery.policy=drain",
                "life.recovery.redundant=node | life.recovery.policy=redundancy",
                "life.recovery.queue=1 h | life.recovery.policy=requeue",
                "life.recovery.queue=1 h | life.checkpoint.time-limit=24 h",
                "life.recovery.reconfigure=1 min | life.recovery.policy=quorum",
                "life.recovery.copy=1 min | life.recovery.policy=reroute",
                "life.recovery.restart.loop-window=2 h | life.recovery.restart.loop-faults=4",
                "life.recovery.restart.counted=agent | life.recovery.restart.max-restarts=4",
                "life.recovery.restart.in-place={tries: 2} | life.recovery.restart.classified=false",
                "life.recovery.restart.forget=1 h | life.recovery.restart.brake={base: 10 s}",
                "life.checkpoint.stall=2 s | life.checkpoint.mode=async",
                "life.checkpoint.in-flight=2 | life.checkpoint.mode=async",
                "life.checkpoint.delta=0.2 | life.checkpoint.content=incremental",
                "life.checkpoint.full-every=5 | life.checkpoint.content=incremental",
                "life.checkpoint.shrink=0.5 | life.checkpoint.content=quantised",
                "life.checkpoint.remembered=5 | life.checkpoint.rule=adaptive",
                "life.checkpoint.verify-every=2 | life.checkpoint.verify-cost=1 min",
                "life.checkpoint.verify-every=2 | " + CAUSE + ".visibility=silent",
                "life.checkpoint.noticed-after=1 h | " + CAUSE + ".visibility=silent",
                "life.checkpoint.if-unrecoverable=end | " + CAUSE + ".visibility=silent",
                "life.recovery.detect-hang=1 min | " + CAUSE + ".visibility=hang",
                "life.recovery.detect-hang=1 min | life.faults.preset=llama3-2024",
                "life.recovery.detect-slow=1 min | " + CAUSE + "={mtbf: 400 h, visibility: slow, speed: 0.5}",
                "life.nodes-per-rack=4 nodes | " + CAUSE + ".scope=power",
                "life.nodes-per-rack=4 nodes | " + CAUSE + ".burst={probability: 0.1}",
                "life.nodes-per-switch=4 nodes | " + CAUSE + ".scope=switch",
                "life.racks-per-power-unit=2 | " + CAUSE + ".burst={probability: 0.1, domain: power}",
                "life.checkpoint.on-signal=save | life.checkpoint.time-limit=24 h",
                "life.comm.every=1 s | life.comm.slow-tail=10 s",
                "life.comm.fallback-bandwidth=10 Gb/s | life.comm.fallback=tcp",
                CAUSE + ".shape=0.8 | " + CAUSE + ".law=weibull",
                CAUSE + ".gap-cv=2 | " + CAUSE + ".law=gamma",
                CAUSE + ".gaps=[1 h, 2 h] | " + CAUSE + ".law=empirical",
                CAUSE + ".lasts=1 h | " + CAUSE + ".visibility=slow",
                "report.charts=[{kind: waterfall, y: ettr}] | report.charts=[{kind: cdf, y: ettr}]",
                "report.charts=[{kind: states, x: variant, y-scale: log}]"
                        + " | report.charts=[{kind: states, x: variant, x-scale: log}]",
                "report.charts=[{kind: line, x: variant, from: 1 h}] | report.charts=[{kind: gantt, from: 1 h}]",
                "report.charts=[{kind: table, y: ettr, columns: [ettr]}] | report.charts=[{kind: table, columns: [ettr]}]",
            })
    void aKeyNeedsTheChoiceThatReadsIt(String key, String choice) {
        if (key.contains("shape")) {
            // Alone it means the law that it belongs to.
            key = CAUSE + "={shape: 0.8, law: lognormal}";
        }
        assertThat(problems(scenario(LIFE, key))).hasSize(1);
        boolean sameKey = key.startsWith("report.charts");
        assertThat(sameKey ? problems(scenario(LIFE, choice)) : problems(scenario(LIFE, key, choice)))
                .isEmpty();
    }

    /** Keys of checks belong to a check, and to errors that it could find. */
    @Test
    void checksNeedErrorsToFind() {
        String silent = CAUSE + ".visibility=silent";
        String check = "life.checkpoint.verify-every=2";
        assertThat(problems(scenario(LIFE, silent, "life.checkpoint.verify-recall=0.9")))
                .hasSize(1);
        assertThat(problems(scenario(LIFE, silent, "life.checkpoint.noticed-cv=1")))
                .hasSize(1);
        assertThat(problems(scenario(
                        LIFE, check, "life.checkpoint.verify-cost=1 min", "life.checkpoint.verify-recall=0.9")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("'verify-recall' has no effect"));
        assertThat(problems(scenario(
                        LIFE,
                        silent,
                        check,
                        "life.checkpoint.verify-recall=0.9",
                        "life.checkpoint.noticed-after=1 h",
                        "life.checkpoint.noticed-cv=1")))
                .isEmpty();
    }

    /** What the time of a repair is, where nothing is repaired. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{mtbf: 400 h, damage: process, repair: 1 h} | repair",
                "{mtbf: 400 h, damage: restart, transient: 0.5} | transient",
                "{mtbf: 400 h, scope: job, repair-cv: 1} | repair-cv",
                "{mtbf: 400 h, repair: 0 s, repair-cv: 1} | repair-cv",
                "{mtbf: 400 h, law: exponential, shape: 2} | shape",
                "{mtbf: 400 h, speed: 0.5} | speed",
                "{mtbf: 400 h, visibility: silent, notice: 1 min} | notice",
                "{mtbf: 400 h, scope: storage, notice: 1 min} | notice",
                "{mtbf: 400 h, scope: storage, damage: node} | damage",
                "{mtbf: 400 h, scope: cluster, strikes: at-work} | strikes",
            })
    void keysOfACauseThatDoesNoneOfIt(String cause, String key) {
        List<Problem> problems = problems(scenario(LIFE, CAUSE + "=" + cause));
        assertThat(problems)
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("'" + key + "' has no");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: peer-memory, bandwidth: 10 GB/s} | bandwidth",
                "{kind: local-nvme, copies: 2} | copies",
                "{kind: object-store, placement: ring} | placement",
                "{kind: local-nvme, retention: {last: 3}} | retention",
                "{kind: object-store, mode: sync, stall: 1 s} | stall",
                "{kind: object-store, mode: upload, stall: 1 s} | stall",
                "{kind: object-store, delta: 0.5} | delta",
                "{kind: object-store, shrink: 0.5} | shrink",
                "{kind: object-store, write: 1 s, restore: 1 s, bandwidth: 1 GB/s} | bandwidth",
            })
    void keysOfATierOfAnotherKind(String tier, String key) {
        List<Problem> problems = problems(scenario(LIFE, "life.checkpoint.tiers=[{kind: peer-memory}, " + tier + "]"));
        assertThat(problems)
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("'" + key + "' has no");
    }

    /** With tiers, the keys of a single place say nothing. */
    @Test
    void keysBesideTiers() {
        assertThat(problems(scenario(LIFE, TIERS))).isEmpty();
        for (String key : List.of("interval=1 h", "write=1 s", "retention={last: 2}", "survives=site", "rule=daly")) {
            assertThat(problems(scenario(LIFE, TIERS, "life.checkpoint." + key)))
                    .as(key)
                    .hasSize(1);
        }
    }

    /** A rule for an interval that is stated. */
    @Test
    void aRuleBesideAnInterval() {
        assertThat(problems(scenario(LIFE, "life.checkpoint.rule=young"))).isEmpty();
        assertThat(problems(scenario(LIFE, "life.checkpoint.rule=young", "life.checkpoint.interval=1 h")))
                .hasSize(1);
    }
}
