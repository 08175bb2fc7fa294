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
    void runsOfOtherSimulatorsComeOutAsTheirTablesSayButForFourFigures() {
        List<String> failed = SCORES.stream()
                .filter(score -> score.gated() && score.status() == RowScore.Status.FAIL)
                .map(RowScore::id)
                .toList();

        assertEquals(
                List.of(
                        "max_min_fairness.trace 8:16:24 (v100:p100:k80), GPUs/server 4:4:4 gavel min_total_duration_perf"
                                + " avg_jct",
                        "tacc_32gpus_comparison physical max_sum_throughput_perf p99_jct",
                        "tacc_32gpus_comparison physical min_total_duration avg_jct",
                        "tacc_32gpus_comparison physical min_total_duration median_jct"),
                failed);
    }

    /** A constant that was calibrated on rows of a table stands beside the one of the source, and never gates. */
    @Test
    void calibratedFiguresStandBesideTheOthers() {
        Set<String> ids = SCORES.stream().map(RowScore::id).collect(Collectors.toSet());
        List<RowScore> calibrated = SCORES.stream()
                .filter(score -> score.id().contains(" calibrated "))
                .toList();

        assertEquals(36, calibrated.size());
        assertTrue(calibrated.stream().noneMatch(RowScore::gated));
        assertTrue(calibrated.stream().allMatch(score -> ids.contains(score.id().replace(" calibrated", ""))));
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
                        "not built: policy antman of Muri",
                        "not built: Muri_S of Muri, which interleaves jobs in groups by weighted matching",
                        "not built: Muri_L of Muri, which interleaves jobs in groups by weighted matching",
                        "not built: themis of Muri, which solves a linear program at each event, with ties of which nothing is"
                                + " recorded",
                        "not built: policy shockwave of Shockwave, a mixed-integer program",
                        "not stated: trace 1000_job (--traces)",
                        "not stated: trace muri/trace2_pr.csv (--traces)",
                        "not stated: trace philly_11cb48_5k (--traces)"),
                reasons);
    }
}
