package trainyard.scenario.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;

/** Finds the server that the words of a cell name, such as {@code ND96isr_H100_v5 with NDR}. */
public final class NodeWords {

    /** Words of the longest name of a node in the catalogue. */
    private static final int MOST_WORDS = 3;

    private NodeWords() {}

    /** The node that the words name first, by as many of them as may be. */
    public static Optional<NodeSpec> find(HardwareCatalog catalog, String words) {
        List<String> split = Arrays.asList(words.split("[\\s,;:+()]+"));
        for (int most = MOST_WORDS; most > 0; most--) {
            for (int first = 0; first + most <= split.size(); first++) {
                Optional<NodeSpec> node = catalog.findNode(String.join(" ", split.subList(first, first + most)));
                if (node.isPresent()) {
                    return node;
                }
            }
        }
        return Optional.empty();
    }
}
