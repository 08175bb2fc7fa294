package trainyard.parallel.step.uneven;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.condition.RankCondition;
import trainyard.sim.collective.LinkShares;
import trainyard.sim.hardware.NodeSpec;

/**
 * What ranks that wait for each other within every pass run on.
 *
 * @param parts ranks by the type of their node
 * @param links what is left of the links where least is left
 */
record LockstepRanks(List<Part> parts, LinkShares links) {

    /**
     * Ranks in nodes of one type.
     *
     * @param node the type; empty for that of the cluster
     * @param ranks how many
     * @param straggler kernel time of the slowest of them over that at full speed
     * @param mean mean over them of the same
     */
    record Part(Optional<NodeSpec> node, int ranks, double straggler, double mean) {}

    static LockstepRanks of(List<RankCondition> conditions) {
        Map<Optional<NodeSpec>, List<Double>> times = new LinkedHashMap<>();
        LinkShares links = LinkShares.FULL;
        for (RankCondition rank : conditions) {
            times.computeIfAbsent(rank.node(), type -> new ArrayList<>()).add(1 / rank.speed());
            links = links.least(rank.links());
        }
        List<Part> parts = new ArrayList<>();
        times.forEach((node, ofNode) -> {
            double most = ofNode.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            double mean =
                    ofNode.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            // Equal values have that value as their mean, whatever the rounding of the sum.
            boolean equal = ofNode.stream().allMatch(time -> time == most);
            parts.add(new Part(node, ofNode.size(), most, equal ? most : mean));
        });
        return new LockstepRanks(List.copyOf(parts), links);
    }

    /** What all of several run on, for exchanges among all of them, which do not depend on the speed of GPUs. */
    static LockstepRanks machines(List<LockstepRanks> all) {
        Map<Optional<NodeSpec>, Integer> ranks = new LinkedHashMap<>();
        LinkShares links = LinkShares.FULL;
        for (LockstepRanks one : all) {
            one.parts.forEach(part -> ranks.merge(part.node(), part.ranks(), Integer::sum));
            links = links.least(one.links);
        }
        List<Part> parts = new ArrayList<>();
        ranks.forEach((node, count) -> parts.add(new Part(node, count, 1, 1)));
        return new LockstepRanks(List.copyOf(parts), links);
    }

    /** Mean over the ranks of the time of a kernel, over its time on the slowest of them. */
    double meanOverSlowest() {
        double most = parts.stream().mapToDouble(Part::straggler).max().orElseThrow();
        double ranks = parts.stream().mapToInt(Part::ranks).sum();
        double sum =
                parts.stream().mapToDouble(part -> part.ranks() * part.mean()).sum();
        return Math.min(1, sum / ranks / most);
    }
}
