package trainyard.training.lowcomm;

/** Which layers make up a fragment. */
public enum FragmentPattern {
    /** Neighbours: layers 0, 1, 2 are the first of fragments of three. */
    SEQUENTIAL,
    /** Spread over the depth: layers 0, F, 2 F are the first of F fragments. */
    STRIDED;

    /** The fragment of a layer, from 0. */
    int fragment(int layer, int layersEach, int fragments) {
        return this == STRIDED ? layer % fragments : layer / layersEach;
    }
}
