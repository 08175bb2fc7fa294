package trainyard.scenario.importing.draft;

import java.util.Optional;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.section.preset.Presets;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.NodeSpec;

/**
 * The machines that a configuration was written for, as far as it says; the command line overrides it.
 *
 * @param gpus GPUs in all
 * @param nodes servers
 * @param gpusPerNode GPUs of one server
 */
public record Machines(Optional<Found> gpus, Optional<Found> nodes, Optional<Found> gpusPerNode) {

    private static final String USUAL_NODE = "dgx-h100";
    private static final String NODES = "cluster.nodes";
    private static final String PRESET = "cluster.node.preset";
    private static final String GPUS = "cluster.node.gpus";

    /** Nothing stated. */
    public static Machines unstated() {
        return new Machines(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Puts the section {@code cluster} into the draft.
     *
     * @throws ScenarioException if the preset is not known or the GPUs do not fill whole servers
     */
    public void put(Draft draft, Target target) {
        String preset = target.cluster().map(Found::text).orElse(USUAL_NODE);
        long usual = Presets.node(preset).map(NodeSpec::gpus).orElse(1);
        Optional<Found> stated = target.gpusPerNode().or(() -> gpusPerNode);
        Optional<Found> all = target.gpus().or(() -> gpus);
        Optional<Found> single = stated.isPresent() ? Optional.empty() : all.filter(found -> found.count() < usual);
        putNodes(draft, all, stated.or(() -> single).map(Found::count).orElse(usual));
        target.cluster()
                .ifPresentOrElse(
                        found -> draft.read(PRESET, found.text(), found),
                        () -> draft.assume(PRESET, USUAL_NODE, "the file names no server; --cluster PRESET does"));
        stated.filter(found -> found.count() != usual)
                .ifPresent(found -> draft.read(GPUS, Long.toString(found.count()), found));
        stated.filter(found -> found.count() == usual)
                .ifPresent(found -> draft.log().note(Fate.READ, found, "as many as the server has"));
        single.ifPresent(found -> draft.infer(GPUS, Long.toString(found.count()), found, "fewer than a server has"));
    }

    /** GPUs of the section {@code cluster} of a draft; empty where its number of servers follows from the degrees. */
    public static Optional<Long> stated(Draft draft) {
        long usual =
                draft.find(PRESET).flatMap(Presets::node).map(NodeSpec::gpus).orElse(1);
        long perNode = draft.find(GPUS).map(Long::parseLong).orElse(usual);
        return draft.find(NODES).filter(nodes -> nodes.matches("[0-9]+")).map(nodes -> Long.parseLong(nodes) * perNode);
    }

    private void putNodes(Draft draft, Optional<Found> all, long perNode) {
        if (all.isPresent()) {
            long total = all.get().count();
            requireWholeNodes(all.get(), perNode);
            draft.infer(NODES, Long.toString(total / perNode), all.get(), total + " GPUs / " + perNode + " per node");
        } else if (nodes.isPresent()) {
            draft.read(NODES, Long.toString(nodes.get().count()), nodes.get());
        } else {
            draft.assume(NODES, "auto", "as few as the degrees need; --gpus N states them");
        }
    }

    private static void requireWholeNodes(Found all, long perNode) {
        long total = all.count();
        if (total % perNode != 0) {
            long below = total / perNode * perNode;
            throw new ScenarioException(Problem.at(
                    all.position(),
                    Problem.Kind.PLAN,
                    total + " GPUs do not fill nodes of " + perNode + " GPUs",
                    "nearest: " + (below == 0 ? "" : below + " or ") + (below + perNode)));
        }
    }
}
