package trainyard.scenario.verify.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scheduler.peer.fgd.AllocationCurve;
import trainyard.scheduler.peer.fgd.OpenbCluster;
import trainyard.scheduler.peer.fgd.OpenbSimulation;
import trainyard.scheduler.sharing.PodDemand;
import trainyard.scheduler.trace.OpenbTrace;
import trainyard.sim.csv.CsvRow;

/** What FGD's authors published: GPU shares allocated when so much had arrived, means over ten seeds. */
final class FgdTable implements PeerTable {

    private static final int FIRST_SEED = 42;
    private static final int PUBLISHED_SEEDS = 10;
    /** So close is a mean to be known, in points: as many runs are played as the published spread asks for, ten at least. */
    private static final double KNOWN_POINTS = 0.1;

    private static final List<Integer> ARRIVED = List.of(50, 70, 80, 90, 95, 100, 110, 120, 130);
    private static final List<Integer> FRAGMENTED_AT = List.of(50, 80, 95, 100, 120);
    private static final int MOST_SEEDS = 100;
    private static final double LEAST_POINTS = 0.5;
    private static final double STANDARD_ERRORS = 3;
    private static final double MEAN_POINTS = 0.3;
    private static final String ALLOCATED = "GPU shares allocated";

    @Override
    public List<String> columns() {
        return List.of("workload", "sc_policy", "alloc_pct_at_arrived_100_mean", "alloc_pct_at_arrived_100_std");
    }

    @Override
    public String id(CsvRow row) {
        return row.requiredText("workload") + " " + row.requiredText("sc_policy");
    }

    @Override
    public List<RowScore> score(CsvRow row, PeerData data) {
        String folder = "alibaba-openb-v2023/";
        List<PodDemand> pods =
                OpenbTrace.demands(PeerData.trace(data.traces(), folder + row.requiredText("workload") + ".csv"));
        OpenbCluster cluster =
                OpenbCluster.read(PeerData.trace(data.traces(), folder + "openb_node_list_gpu_node.csv"));
        String policy = row.requiredText("sc_policy").replaceFirst("^\\d+-", "");
        List<AllocationCurve> curves = OpenbSimulation.run(pods, cluster, policy, seeds(row))
                .orElseThrow(() -> RowSkipped.notBuilt("policy " + policy + " of FGD"));
        List<RowScore> scores = new ArrayList<>();
        for (int percent : ARRIVED) {
            allocated(row, percent, curves, scores);
        }
        for (int percent : FRAGMENTED_AT) {
            fragmented(row, percent, curves, scores);
        }
        return scores;
    }

    private static int[] seeds(CsvRow row) {
        double spread = ARRIVED.stream()
                .mapToDouble(percent -> row.optionalNumber("alloc_pct_at_arrived_" + percent + "_std")
                        .orElse(0))
                .max()
                .orElse(0);
        int wanted = (int) Math.min(MOST_SEEDS, Math.ceil(Math.pow(spread / KNOWN_POINTS, 2)));
        return IntStream.range(FIRST_SEED, FIRST_SEED + Math.max(PUBLISHED_SEEDS, wanted))
                .toArray();
    }

    private void allocated(CsvRow row, int percent, List<AllocationCurve> curves, List<RowScore> scores) {
        String column = "alloc_pct_at_arrived_" + percent;
        if (row.isBlank(column + "_mean")) {
            return;
        }
        double mean = mean(curves, curve -> curve.allocatedAt(percent));
        double published = row.number(column + "_mean");
        double allowed = Math.max(
                LEAST_POINTS,
                STANDARD_ERRORS * row.optionalNumber(column + "_std").orElse(0) / Math.sqrt(PUBLISHED_SEEDS));
        scores.add(RowScore.scored(id(row) + " at " + percent + " %", ALLOCATED, mean, published, "%", "yes")
                .judged(Math.abs(mean - published) <= allowed, "within half a point or three standard errors"));
    }

    /** The mean absolute difference of what was allocated, in points. */
    @Override
    public List<RowScore> overall(List<RowScore> scores) {
        return scores.stream()
                .filter(score -> score.quantity().equals(ALLOCATED))
                .mapToDouble(score -> Math.abs(
                        score.predicted().getAsDouble() - score.published().getAsDouble()))
                .average()
                .stream()
                .mapToObj(points -> RowScore.overall(
                        "all rows", "mean absolute difference of " + ALLOCATED, points, MEAN_POINTS, "points"))
                .toList();
    }

    private void fragmented(CsvRow row, int percent, List<AllocationCurve> curves, List<RowScore> scores) {
        String column = "frag_gpu_pct_of_total_at_" + percent + "_mean";
        if (!row.isBlank(column)) {
            double mean = mean(curves, curve -> curve.fragmentedAt(percent));
            scores.add(RowScore.scored(
                    id(row) + " at " + percent + " %",
                    "GPU shares fragmented",
                    mean,
                    row.number(column),
                    "%",
                    "no: nothing is promised of it"));
        }
    }

    private static double mean(List<AllocationCurve> curves, ToDoubleFunction<AllocationCurve> value) {
        return curves.stream().mapToDouble(value).average().orElse(0);
    }
}
