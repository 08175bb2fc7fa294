package trainyard.scenario.workload.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of the names in scenarios, for titles: {@code used-gpus} becomes {@code used GPUs}. */
public final class Wording {

    /** Short forms as the field writes them. */
    private static final Map<String, String> SHORT_FORMS = Map.ofEntries(
            Map.entry("cpus", "CPUs"),
            Map.entry("ettr", "ETTR"),
            Map.entry("flops", "FLOP/s"),
            Map.entry("gpu", "GPU"),
            Map.entry("gpus", "GPUs"),
            Map.entry("hfu", "HFU"),
            Map.entry("jct", "JCT"),
            Map.entry("mfu", "MFU"),
            Map.entry("mtbf", "MTBF"),
            Map.entry("nic", "NIC"),
            Map.entry("pcie", "PCIe"),
            Map.entry("rpo", "RPO"),
            Map.entry("rto", "RTO"),
            Map.entry("tco", "TCO"));

    /** Names whose keys in their order say too little. */
    private static final Map<String, String> PHRASES = Map.of(
            "cost.train", "cost of the training",
            "cost.step", "cost of a step");

    private static final Pattern OF_GROUP = Pattern.compile("(?<kind>class|team)\\.(?<name>[^.]+)\\.(?<rest>.+)");

    private static final String MEAN = ".mean";

    private Wording() {}

    /**
     * The words of a name of keys, which dots and hyphens divide. The mean goes first, and a group last: {@code
     * class.large.wait.mean} becomes {@code mean wait of class large}.
     */
    public static String of(String name) {
        if (PHRASES.containsKey(name)) {
            return PHRASES.get(name);
        }
        Matcher group = OF_GROUP.matcher(name);
        if (group.matches()) {
            return of(name, group.group("name").replace('-', ' '));
        }
        return name.endsWith(MEAN) ? "mean " + plain(name.substring(0, name.length() - MEAN.length())) : plain(name);
    }

    /**
     * The same of a metric of a team or class as the scenario writes its name, such as {@code mean wait of team A-1} of {@code
     * team.a-1.wait.mean}.
     *
     * @param group the name; empty of other metrics
     */
    static String of(String name, String group) {
        Matcher parts = OF_GROUP.matcher(name);
        return !group.isEmpty() && parts.matches()
                ? of(parts.group("rest")) + " of " + parts.group("kind") + " " + group
                : of(name);
    }

    private static String plain(String name) {
        return Arrays.stream(name.split("[-.]"))
                .map(word -> SHORT_FORMS.getOrDefault(word, word))
                .collect(Collectors.joining(" "))
                .replace("GPU seconds", "GPU-seconds")
                .replace("GPU hours", "GPU-hours");
    }

    /** Things in a sentence, such as {@code a, b and c}. */
    public static String list(List<String> things) {
        int last = things.size() - 1;
        return last < 1
                ? String.join("", things)
                : String.join(", ", things.subList(0, last)) + " and " + things.get(last);
    }

    /** A number of things, such as {@code 1 worker} and {@code 8 workers}. */
    public static String counted(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** What a metric is called and its unit, such as {@code step time, s}; a unit that is the name, as of GPUs, stands once. */
    public static String withUnit(Metric metric) {
        boolean once = metric.unit().isEmpty() || metric.unit().equals(metric.words());
        return metric.words() + (once ? "" : ", " + metric.unit());
    }

    /** The words with a capital first, as the head of an axis has them. */
    public static String capital(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The words without the capital of a head, within a sentence; a short form such as {@code GPUs} keeps its own. */
    public static String lower(String words) {
        boolean keepsCapital = words.length() > 1 && Character.isUpperCase(words.charAt(1));
        return words.isEmpty() || keepsCapital ? words : Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }
}
