package trainyard.scenario.importing.megatron;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.importing.shell.TracedText;

/**
 * GPUs of a node by the directives of Slurm (sbatch(1), "OPTIONS"): {@code --gres} and {@code --gpus-per-node} state them, {@code
 * --gpus} those of the job, {@code --gpus-per-task} those of each task.
 *
 * @param option the directive
 * @param perNode GPUs of each node
 * @param text where it stands
 */
record SlurmGpus(String option, long perNode, TracedText text) {

    /** Kind of GPU, which may stand before the number. */
    private static final String KIND = "(?:[A-Za-z0-9_.-]+:)?";

    private static final String NUMBER = "([0-9]{1,6})(?:\\D.*)?";
    private static final Pattern GRES = of("--gres[=\\s]\\s*(?:\\S*,)?(?:gres/)?gpu[:=]" + KIND + NUMBER);
    private static final Pattern PER_NODE = of("--gpus-per-node[=\\s]\\s*" + KIND + NUMBER);
    private static final Pattern ALL = of("(?:--gpus[=\\s]|-G)\\s*" + KIND + NUMBER);
    private static final Pattern PER_TASK = of("--gpus-per-task[=\\s]\\s*" + KIND + NUMBER);
    private static final Pattern NODES = of("(?:--nodes[=\\s]|-N)\\s*" + NUMBER);
    private static final Pattern TASKS = of("(?:--ntasks[=\\s]|-n)\\s*" + NUMBER);
    private static final Pattern TASKS_PER_NODE = of("--(?:ntasks|tasks)-per-node[=\\s]\\s*" + NUMBER);

    /** The most exact directive; empty where none says how many a node has. */
    static Optional<SlurmGpus> in(List<TracedText> comments) {
        Optional<SlurmGpus> gres = find(comments, GRES).map(text -> new SlurmGpus("--gres", count(text), text));
        Optional<SlurmGpus> node =
                find(comments, PER_NODE).map(text -> new SlurmGpus("--gpus-per-node", count(text), text));
        return gres.or(() -> node)
                .or(() -> find(comments, ALL)
                        .flatMap(text ->
                                share(comments, count(text)).map(perNode -> new SlurmGpus("--gpus", perNode, text))))
                .or(() -> find(comments, PER_TASK)
                        .flatMap(text -> tasks(comments)
                                .map(tasks -> new SlurmGpus("--gpus-per-task", count(text) * tasks, text))))
                .filter(gpus -> gpus.perNode > 0);
    }

    /** GPUs of the job where no number of nodes says how they lie. */
    static Optional<TracedText> ofJob(List<TracedText> comments) {
        boolean placed = find(comments, NODES).isPresent() || in(comments).isPresent();
        return placed ? Optional.empty() : find(comments, ALL).filter(text -> count(text) > 0);
    }

    /** Tasks of a node; one where nothing is said of tasks, as Slurm has it. */
    private static Optional<Long> tasks(List<TracedText> comments) {
        Optional<Long> stated = find(comments, TASKS_PER_NODE).map(SlurmGpus::count);
        Optional<TracedText> all = find(comments, TASKS);
        return stated.isPresent() || all.isEmpty() ? Optional.of(stated.orElse(1L)) : share(comments, count(all.get()));
    }

    /** What each node has of a number, where the nodes are stated and divide it. */
    private static Optional<Long> share(List<TracedText> comments, long all) {
        return find(comments, NODES)
                .map(SlurmGpus::count)
                .filter(nodes -> nodes > 0 && all % nodes == 0)
                .map(nodes -> all / nodes);
    }

    private static long count(TracedText text) {
        return Long.parseLong(text.text());
    }

    private static Pattern of(String option) {
        return Pattern.compile("#SBATCH\\s+(?:\\S.*\\s)?" + option);
    }

    private static Optional<TracedText> find(List<TracedText> comments, Pattern pattern) {
        for (TracedText comment : comments) {
            Matcher matcher = pattern.matcher(comment.text());
            if (matcher.matches()) {
                return Optional.of(comment.part(matcher.start(1), matcher.end(1)));
            }
        }
        return Optional.empty();
    }
}
