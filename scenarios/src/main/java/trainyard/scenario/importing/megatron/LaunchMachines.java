package trainyard.scenario.importing.megatron;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Machines;
import trainyard.scenario.importing.shell.ShellScript;
import trainyard.scenario.importing.shell.TracedText;

/**
 * The machines that a launch script asks for: flags of torchrun ({@code torch.distributed.run}: a number, {@code gpu} or {@code
 * auto} processes on each of a number or a range of nodes), of srun and of the
 * DeepSpeed launcher, then directives of Slurm ({@code #SBATCH}; sbatch(1), "OPTIONS" and "OUTPUT ENVIRONMENT VARIABLES").
 */
final class LaunchMachines {

    static final Set<String> NAMES = Set.of("nproc-per-node", "nnodes", "nodes", "N", "num-nodes", "num-gpus");

    /** Words for which torchrun, and the launcher of DeepSpeed, counts what the server has. */
    private static final Set<String> COUNTED = Set.of("gpu", "auto", "cpu", "xpu", "-1");

    /** Elastic jobs of torchrun, and of Slurm. */
    private static final Pattern RANGE = Pattern.compile("([0-9]+)[:-][0-9]+");

    private static final Pattern NODES = Pattern.compile("#SBATCH\\s+(?:--nodes|-N)[=\\s]*([0-9]+(?:-[0-9]+)?).*");

    private LaunchMachines() {}

    /** Variables that Slurm sets from the directives. */
    static Map<String, TracedText> environment(List<TracedText> comments) {
        Map<String, TracedText> variables = new LinkedHashMap<>();
        directive(comments, NODES).ifPresent(nodes -> {
            TracedText least = nodes.part(0, nodes.text().split("-", 2)[0].length());
            variables.put("SLURM_NNODES", least);
            variables.put("SLURM_JOB_NUM_NODES", least);
        });
        SlurmGpus.in(comments)
                .filter(gpus -> gpus.text().text().equals(Long.toString(gpus.perNode())))
                .ifPresent(gpus -> variables.put("SLURM_GPUS_ON_NODE", gpus.text()));
        return variables;
    }

    private static Optional<TracedText> directive(List<TracedText> comments, Pattern pattern) {
        for (TracedText comment : comments) {
            Matcher matcher = pattern.matcher(comment.text());
            if (matcher.matches()) {
                return Optional.of(comment.part(matcher.start(1), matcher.end(1)));
            }
        }
        return Optional.empty();
    }

    static Machines read(LaunchFlags flags, ShellScript script) {
        Optional<Found> nodes = flags.anyOf("nnodes", "num-nodes", "nodes", "N")
                .filter(found -> !isOpen(found, flags, "as few as the degrees need, unless --gpus says how many"));
        Optional<Found> gpus = flags.anyOf("nproc-per-node", "num-gpus")
                .filter(found ->
                        !isOpen(found, flags, "as many as the server has, unless --gpus-per-node says how many"));
        return new Machines(
                nodes.isPresent() || gpus.isPresent()
                        ? Optional.empty()
                        : SlurmGpus.ofJob(script.comments())
                                .map(text -> new Found("#SBATCH --gpus", text.text(), script.position(text))),
                nodes.or(() -> directive(script, NODES, "--nodes")).map(found -> least(found, flags)),
                gpus.or(() -> SlurmGpus.in(script.comments())
                        .map(slurm -> new Found(
                                "#SBATCH " + slurm.option(),
                                Long.toString(slurm.perNode()),
                                script.position(slurm.text())))));
    }

    /** Whether the launcher counts what it finds when it starts. */
    private static boolean isOpen(Found found, LaunchFlags flags, String otherwise) {
        boolean open = COUNTED.contains(found.text());
        if (open) {
            flags.note(Fate.OPEN, found, found.text() + ": the launcher counts what is there; " + otherwise);
        }
        return open;
    }

    /** The least of a range of nodes, with which training starts. */
    private static Found least(Found nodes, LaunchFlags flags) {
        Matcher range = RANGE.matcher(nodes.text());
        if (!range.matches()) {
            return nodes;
        }
        flags.note(
                Fate.OPEN,
                nodes,
                nodes.text() + ": training starts with " + range.group(1)
                        + ", which is taken unless --gpus says how many");
        return new Found(nodes.name(), range.group(1), nodes.position());
    }

    private static Optional<Found> directive(ShellScript script, Pattern pattern, String name) {
        return directive(script.comments(), pattern)
                .map(text -> new Found("#SBATCH " + name, text.text(), script.position(text)));
    }
}
