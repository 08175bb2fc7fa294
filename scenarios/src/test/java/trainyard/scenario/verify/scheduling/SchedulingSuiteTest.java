package trainyard.scenario.verify.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.Verification;

class SchedulingSuiteTest {

    private static final List<RowScore> SCORES =
            Verification.run(SchedulingSuite.shipped(), Measurements.shipped(SchedulingSuite.shipped()))
                    .sources()
                    .stream()
                    .flatMap(source -> source.rows().stream())
                    .toList();

    @Test
    void runsOfOtherSimulatorsComeOutToTheLastDigit() {
        List<String> failed = SCORES.stream()
                .filter(score -> score.status() == RowScore.Status.FAIL)
                .map(score -> score.id() + ": " + score.predicted() + " against " + score.published())
                .toList();

        assertEquals(List.of(), failed);
    }

    @Test
    void everyJobOfTheRunsThatShipComesOutToTheMillisecond() {
        List<RowScore> perJob =
                SCORES.stream().filter(score -> score.id().endsWith(" per job")).toList();

        assertTrue(perJob.size() >= 40, perJob.size() + " runs");
        assertTrue(perJob.stream().allMatch(score -> score.predicted().equals(score.published())));
    }

    @Test
    void whatIsSkippedSaysWhy() {
        Set<String> reasons = SCORES.stream()
                .filter(score -> !score.compared())
                .map(RowScore::reason)
                .collect(Collectors.toSet());

        assertEquals(
                Set.of(
                        "record: the run of the peer did not finish",
                        "not stated: trace gavel/minimize_makespan.trace (--traces)",
                        "not stated: trace gavel/max_min_fairness.trace (--traces)",
                        "not stated: trace gavel/gen250_lam1800_seed7.trace (--traces)",
                        "not built: shortest-expected of Tiresias, which changes the key of the wrong job",
                        "not stated: trace 1000_job (--traces)",
                        "not stated: trace philly_11cb48_5k (--traces)",
                        "not stated: trace muri/trace1 (--traces)",
                        "not stated: trace muri/trace4 (--traces)"),
                reasons);
    }
}
