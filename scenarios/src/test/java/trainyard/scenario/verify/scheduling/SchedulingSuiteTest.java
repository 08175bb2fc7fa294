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
    void runsOfOtherSimulatorsComeOutAsTheirTablesSay() {
        List<String> failed = SCORES.stream()
                .filter(score -> score.gated() && score.status() == RowScore.Status.FAIL)
                .map(RowScore::id)
                .toList();

        assertEquals(List.of(), failed);
    }

    @Test
    void theRealClusterOfShockwaveIsMetWithinSixPerCentInTheMean() {
        RowScore mean = SCORES.stream().filter(RowScore::isOverall).findFirst().orElseThrow();
        double byHand = SCORES.stream()
                .filter(score -> score.id().contains(" physical ") && score.compared())
                .mapToDouble(score -> Math.abs(
                        score.predicted().getAsDouble() / score.published().getAsDouble() - 1))
                .average()
                .orElseThrow();

        assertEquals(100 * byHand, mean.predicted().getAsDouble(), 1e-9);
        assertEquals(RowScore.Status.PASS, mean.status());
        assertTrue(mean.gated());
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
                        "not built: shortest-expected of Tiresias, which changes the key of the wrong job",
                        "not played: Muri's own policies on more than 1,000 jobs, whose matchings take minutes",
                        "not built: themis of Muri, which solves a linear program at each event, with ties of which nothing is"
                                + " recorded",
                        "not built: policy shockwave of Shockwave, a mixed-integer program",
                        "not stated: trace 1000_job (--traces)",
                        "not stated: trace muri/trace2.csv (--traces)",
                        "not stated: trace muri/trace2_pr.csv (--traces)",
                        "not stated: trace philly_11cb48_5k (--traces)"),
                reasons);
    }
}
