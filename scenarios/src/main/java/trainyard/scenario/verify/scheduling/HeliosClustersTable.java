package trainyard.scenario.verify.scheduling;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.trace.PhillyTrace;
import trainyard.sim.csv.CsvRow;

/**
 * What Helios' authors published of the virtual clusters of Philly over two months. Their list of jobs is not published, and next to
 * none of the shipped one waits on clusters of their size. So each policy plays the shipped jobs on a cluster that they keep as busy
 * as {@link #BUSY} says, and only the order of two policies on one cluster is judged; their ratio is shown.
 */
final class HeliosClustersTable implements PeerTable {

    private static final Pattern PERIOD = Pattern.compile(".*?(\\d{4}-\\d{2}-\\d{2})\\.\\.(\\d{4}-\\d{2}-\\d{2}).*");
    private static final int GPUS_PER_NODE = 8;
    /** Part of the GPUs that the jobs want in the mean; assumed: much waits, and the queue does not grow for ever. */
    private static final double BUSY = 0.9;
    /** Policies whose means lie closer together have no order: other jobs would turn it round. */
    private static final double APART = 0.05;

    private static final String COMPLETION = "mean job completion time";
    private static final String OTHER_JOBS = "no: other jobs, on as many nodes as they keep busy to nine tenths";

    @Override
    public List<String> columns() {
        return List.of("trace", "vc", "nodes_x8", "policy", "placer", "avg_jct", "avg_queue");
    }

    @Override
    public String id(CsvRow row) {
        return row.requiredText("vc") + " " + row.requiredText("policy");
    }

    @Override
    public List<RowScore> score(CsvRow row, PeerData data) {
        Matcher period = PERIOD.matcher(row.requiredText("trace"));
        String cluster = row.requiredText("vc");
        if (!period.matches()) {
            throw RowSkipped.unknown("trace", "expected two days, got " + row.requiredText("trace"));
        }
        if (!row.requiredText("placer").equals("consolidate")) {
            throw RowSkipped.notBuilt("placement " + row.requiredText("placer") + " of Helios");
        }
        if (row.requiredText("policy").equals("qssf")) {
            throw RowSkipped.notBuilt(
                    "qssf of Helios, whose predictions come from a model trained on jobs of other months");
        }
        LocalDate first = day(row, period.group(1));
        LocalDate last = day(row, period.group(2));
        PhillyTrace philly = PhillyTrace.read(PeerData.trace(data.traces(), "philly/philly.csv"));
        List<ClusterJob> jobs = HeliosModel.jobs(philly, cluster, Integer.MAX_VALUE, first, last.plusDays(1));
        if (jobs.isEmpty()) {
            throw RowSkipped.notBuilt(
                    "virtual cluster " + cluster + ", of which the shipped list has no jobs by itself");
        }
        int nodes = nodes(jobs);
        PeerOutcome outcome = HeliosModel.play(jobs, nodes, GPUS_PER_NODE, row.requiredText("policy"));
        return List.of(
                RowScore.scored(id(row), COMPLETION, outcome.meanSeconds(), row.positive("avg_jct"), "s", OTHER_JOBS));
    }

    private static LocalDate day(CsvRow row, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException wrong) {
            throw row.problem("trace", text + " is no day");
        }
    }

    /** As few as hold the largest job and are wanted to nine tenths. */
    private static int nodes(List<ClusterJob> jobs) {
        double wanted = jobs.stream()
                .mapToDouble(job -> (double) job.gpus() * job.runNanos())
                .sum();
        double span = jobs.get(jobs.size() - 1).submitNanos() - jobs.get(0).submitNanos();
        int largest = jobs.stream().mapToInt(ClusterJob::gpus).max().orElse(1);
        double gpus = Math.max(largest, span == 0 ? largest : wanted / span / BUSY);
        return (int) Math.ceil(gpus / GPUS_PER_NODE);
    }

    /** The ratio of each two policies on a cluster, and whether the same one is ahead. */
    @Override
    public List<RowScore> overall(List<RowScore> scores) {
        List<RowScore> pairs = new ArrayList<>();
        List<RowScore> played = scores.stream().filter(RowScore::compared).toList();
        for (int i = 0; i < played.size(); i++) {
            for (RowScore other : played.subList(i + 1, played.size())) {
                if (cluster(played.get(i)).equals(cluster(other))) {
                    compare(played.get(i), other, pairs);
                }
            }
        }
        return pairs;
    }

    private static String cluster(RowScore score) {
        return score.id().split(" ")[0];
    }

    private static void compare(RowScore one, RowScore other, List<RowScore> pairs) {
        double published = one.published().getAsDouble() / other.published().getAsDouble();
        double predicted = one.predicted().getAsDouble() / other.predicted().getAsDouble();
        String id = one.id() + " / " + other.id().split(" ")[1];
        pairs.add(RowScore.scored(id, "ratio of mean job completion times", predicted, published, "", OTHER_JOBS));
        if (Math.abs(published - 1) > APART) {
            pairs.add(RowScore.verdict(
                            id, "the first of two is slower", predicted > 1, published > 1, "yes", "same order")
                    .judged((predicted > 1) == (published > 1), "same order"));
        }
    }
}
