package trainyard.training.pipeline;

import java.util.List;
import java.util.stream.IntStream;
import trainyard.training.problem.ParameterBlock;

/**
 * Which parameters each stage of a pipeline holds.
 *
 * @param ends index behind the last parameter of each stage
 */
record Stages(List<Integer> ends) {

    /**
     * Deals L layers in order to S stages; stage i begins with layer i L / S.
     *
     * @throws IllegalArgumentException if there are fewer layers than stages, or layers do not follow each other
     */
    static Stages of(List<ParameterBlock> blocks, int stages) {
        List<Integer> layers =
                blocks.stream().map(ParameterBlock::layer).distinct().toList();
        if (!layers.equals(layers.stream().sorted().toList())) {
            throw new IllegalArgumentException("the layers of a pipeline must follow each other: " + layers);
        }
        if (layers.size() < stages) {
            throw new IllegalArgumentException(
                    "a problem of " + layers.size() + " layers has no " + stages + " stages");
        }
        return new Stages(IntStream.range(0, stages)
                .mapToObj(stage -> blocks.stream()
                        .filter(block -> layers.indexOf(block.layer()) < (stage + 1) * layers.size() / stages)
                        .mapToInt(ParameterBlock::end)
                        .max()
                        .orElseThrow())
                .toList());
    }

    int from(int stage) {
        return stage == 0 ? 0 : ends.get(stage - 1);
    }

    int to(int stage) {
        return ends.get(stage);
    }
}
