package trainyard.scenario.chart;

import java.util.List;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/**
 * What metrics on one axis have in common and what each has for itself: {@code wait.mean} and {@code wait.p95} are the mean
 * and p95 of {@code wait}, {@code team.a.cost} and {@code team.b.cost} the a and b of {@code cost of team}.
 *
 * @param shared the words of the axis; where there are none in common those of all, of more than three of the first alone
 * @param own the words of each metric
 */
record SharedWords(String shared, List<String> own) {

    private static final int MOST_NAMED = 3;

    static SharedWords of(List<Metric> metrics) {
        Metric first = metrics.get(0);
        if (metrics.stream().allMatch(metric -> metric.yielded().equals(first.yielded()))) {
            return new SharedWords(
                    first.yielded().words(),
                    metrics.stream().map(SharedWords::statistic).toList());
        }
        List<String> words = metrics.stream().map(Metric::words).toList();
        List<String> names = metrics.stream().map(Metric::name).toList();
        int inWords = inCommon(words, ' ');
        int inNames = inCommon(names, '.');
        boolean namesShareMore = parts(names.get(0), inNames, '.') > parts(words.get(0), inWords, ' ');
        if (inWords > 0 && !namesShareMore) {
            return new SharedWords(
                    words.get(0).substring(0, inWords - 1),
                    words.stream().map(one -> one.substring(inWords)).toList());
        }
        if (inNames > 0) {
            return new SharedWords(
                    Wording.of(names.get(0).substring(0, inNames - 1)),
                    names.stream()
                            .map(one -> Wording.of(one.substring(inNames)))
                            .toList());
        }
        return new SharedWords(all(words), words);
    }

    private static String all(List<String> words) {
        return words.size() > MOST_NAMED ? words.get(0) + " and others" : Wording.list(words);
    }

    private static String statistic(Metric metric) {
        String name = metric.name();
        String of = metric.yielded().name();
        return name.equals(of) ? "mean" : name.substring(of.length() + 1);
    }

    /** Length of the parts that all texts begin with, the divider behind them included, so that each keeps a part. */
    private static int inCommon(List<String> texts, char divider) {
        String first = texts.get(0);
        int cut = first.lastIndexOf(divider) + 1;
        while (cut > 0 && !isShared(first.substring(0, cut), texts)) {
            cut = first.lastIndexOf(divider, cut - 2) + 1;
        }
        return cut;
    }

    private static long parts(String text, int length, char divider) {
        return text.substring(0, length).chars().filter(one -> one == divider).count();
    }

    private static boolean isShared(String start, List<String> texts) {
        return texts.stream().allMatch(text -> text.startsWith(start) && text.length() > start.length());
    }
}
