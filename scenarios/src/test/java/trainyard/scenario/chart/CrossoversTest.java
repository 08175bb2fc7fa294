package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.StudyRunner;
import trainyard.scenario.workload.collective.CollectiveMetrics;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

class CrossoversTest {

    private static final String RING_AND_TREE = """
            trainyard: 1
            name: test
            cluster: {nodes: 4, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            collective: {operation: all-reduce, size: 1 GiB}
            sweep:
              collective.algorithm: [ring, tree]
              collective.size: %s
            """;

    private static StudyResult run(String sizes) {
        String text = RING_AND_TREE.formatted(sizes);
        Study study = Study.of(Scenario.of(new SourceText("test", text), Path.of(""), List.of()), false);
        return new StudyRunner(1, done -> {}).run(study);
    }

    /** A ring's latency grows with the ranks, a tree's with their logarithm, so trees win small messages. */
    @Test
    void namesTheSizeAtWhichTwoAlgorithmsAreEquallyFast() {
        StudyResult coarse = run("{from: 1 KiB, to: 4 GiB, points: 23, scale: log}");
        String sentence =
                Crossovers.sentences(coarse, CollectiveMetrics.BUS_BANDWIDTH).get(0);
        Matcher first = Pattern.compile("^algorithm tree up to size ([0-9.]+ [KMG]iB), then ring")
                .matcher(sentence);
        assertThat(first.find()).as(sentence).isTrue();

        double bytes = Units.value(first.group(1), Dimension.DATA);
        assertThat(ringOverTree(bytes / 1.5)).isLessThan(1);
        assertThat(ringOverTree(bytes * 1.5)).isGreaterThan(1);
        // Both change their protocol near there, each at a size of its own, so that they do not meet in one point.
        assertThat(ringOverTree(bytes)).isCloseTo(1, within(0.2));
    }

    private static double ringOverTree(double bytes) {
        StudyResult there = run("[" + Math.round(bytes) + " B]");
        List<Double> bandwidths =
                there.feasible().stream().map(CrossoversTest::bandwidth).toList();
        return bandwidths.get(0) / bandwidths.get(1);
    }

    @Test
    void saysNothingWithoutANumberAndAChoice() {
        String text = "trainyard: 1\nname: test\ncluster: {nodes: 2, node: {preset: dgx-h100}}\n"
                + "collective: {size: 1 MiB}\nsweep: {cluster.nodes: [1, 2]}\n";
        Study study = Study.of(Scenario.of(new SourceText("test", text), Path.of(""), List.of()), false);
        StudyResult result = new StudyRunner(1, done -> {}).run(study);
        assertThat(Crossovers.sentences(result, CollectiveMetrics.BUS_BANDWIDTH))
                .isEmpty();
    }

    private static double bandwidth(CellResult cell) {
        return cell.mean(CollectiveMetrics.BUS_BANDWIDTH).orElseThrow();
    }
}
