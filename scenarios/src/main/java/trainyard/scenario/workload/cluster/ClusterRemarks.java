package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;

/** What waits and completion times of jobs leave easily unseen, in sentences without a final stop: jobs that they do not count. */
public final class ClusterRemarks {

    /** The label of what is wrong with the first rows of a list that were left out. */
    static final String FIRST_SKIPPED = "first skipped";

    /** Rows that are told one by one: enough to see whether they have one fault in common. */
    private static final int MOST_TOLD = 5;

    private static final int MOST_CHARACTERS = 160;

    /** Of a file that is named with its line. */
    private static final Pattern FOLDER = Pattern.compile("^[^:]*[/\\\\](?=[^/\\\\]*:\\d+: )");

    private ClusterRemarks() {}

    /**
     * The remarks on one cell.
     *
     * @param outcomes its replications; none of them needs to be of a cluster
     */
    public static List<String> of(List<Outcome> outcomes) {
        List<String> remarks = new ArrayList<>();
        double skipped = mean(outcomes, ClusterMetrics.SKIPPED);
        double dropped = mean(outcomes, ClusterMetrics.DROPPED);
        double unfinished = mean(outcomes, ClusterMetrics.UNFINISHED);
        if (skipped > 0) {
            String first = outcomes.get(0).labels().getOrDefault(FIRST_SKIPPED, "");
            remarks.add("bad rows of the list that are left out: " + count(skipped)
                    + (first.isEmpty() ? "" : ", the first at " + first)
                    + (skipped > MOST_TOLD ? "; and " + count(skipped - MOST_TOLD) + " more" : ""));
        }
        if (dropped > 0) {
            remarks.add(
                    "jobs left out because the cluster or the quota of their team never holds them: " + count(dropped));
        }
        if (unfinished > 0) {
            remarks.add("jobs that never end: " + count(unfinished) + "; waits and completion times are those of the "
                    + count(mean(outcomes, ClusterMetrics.DONE)) + " that do");
        }
        return remarks;
    }

    /** What is wrong with the first of the rows that were left out, each with file, line and column; empty where none was. */
    static String first(List<String> skipped) {
        return skipped.stream()
                .limit(MOST_TOLD)
                .map(row -> shortened(FOLDER.matcher(row).replaceFirst("")))
                .collect(Collectors.joining("; "));
    }

    private static String shortened(String row) {
        return row.length() <= MOST_CHARACTERS ? row : row.substring(0, MOST_CHARACTERS) + " ...";
    }

    private static double mean(List<Outcome> outcomes, Metric metric) {
        return outcomes.stream()
                .mapToDouble(outcome -> outcome.value(metric).orElse(0.0))
                .average()
                .orElse(0);
    }

    /** A whole number, or a mean over replications. */
    private static String count(double jobs) {
        return String.format(Locale.ROOT, jobs == Math.rint(jobs) ? "%,.0f" : "%,.1f", jobs);
    }
}
