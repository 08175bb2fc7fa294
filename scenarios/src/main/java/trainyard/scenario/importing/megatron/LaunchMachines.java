package trainyard.scenario.importing.megatron;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.Machines;
import trainyard.scenario.importing.shell.ShellScript;
import trainyard.scenario.importing.shell.TracedText;

/**
 * The machines that a launch script asks for: flags of torchrun ({@code torch.distributed.run}), of srun and of the
 * DeepSpeed launcher, then directives of Slurm ({@code #SBATCH}; sbatch(1), "OPTIONS" and "OUTPUT ENVIRONMENT VARIABLES").
 */
final class LaunchMachines {

    static final Set<String> NAMES = Set.of("nproc-per-node", "nnodes", "nodes", "N", "num-nodes", "num-gpus");

    private static final Pattern NODES = Pattern.compile("#SBATCH\\s+(?:--nodes|-N)[=\\s]*([0-9]+).*");
    private static final Pattern GPUS = Pattern.compile(
            "#SBATCH\\s+(?:--gres[=\\s]*gpu:(?:[A-Za-z0-9_.-]+:)?|--gpus-per-node[=\\s]*(?:[A-Za-z0-9_.-]+:)?)([0-9]+).*");

    private LaunchMachines() {}

    /** Variables that Slurm sets from the directives. */
    static Map<String, TracedText> environment(List<TracedText> comments) {
        Map<String, TracedText> variables = new LinkedHashMap<>();
        directive(comments, NODES).ifPresent(nodes -> {
            variables.put("SLURM_NNODES", nodes);
            variables.put("SLURM_JOB_NUM_NODES", nodes);
        });
        directive(comments, GPUS).ifPresent(gpus -> variables.put("SLURM_GPUS_ON_NODE", gpus));
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
        return new Machines(
                Optional.empty(),
                flags.anyOf("nnodes", "num-nodes", "nodes", "N").or(() -> directive(script, NODES, "--nodes")),
                flags.anyOf("nproc-per-node", "num-gpus").or(() -> directive(script, GPUS, "--gres")));
    }

    private static Optional<Found> directive(ShellScript script, Pattern pattern, String name) {
        return directive(script.comments(), pattern)
                .map(text -> new Found("#SBATCH " + name, text.text(), script.position(text)));
    }
}
