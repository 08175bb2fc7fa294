package trainyard.parallel.schedule;

/** Which piece of the model lies on which chunk of which pipeline stage. */
public enum ChunkPlacement {
    /** Chunk c of stage i is piece c p + i: each pass through the model goes round the stages c times. */
    LOOP,
    /** As {@link #LOOP}, but every second chunk runs back from the last stage to the first (Qi et al. 2024, section 6). */
    V,
    /**
     * The whole model twice: chunk 0 of stage i is piece i, chunk 1 is piece p - 1 - i. Half the micro-batches enter at
     * the first stage, half at the last one (DeepSeek-AI 2024, section 3.2.1).
     */
    BIDIRECTIONAL;

    /** Pieces that the model is cut into. */
    public int pieces(int stages, int chunksPerStage) {
        return this == BIDIRECTIONAL ? stages : stages * chunksPerStage;
    }

    /** The piece on a chunk of a stage, from 0. */
    public int piece(int stage, int chunk, int stages) {
        return switch (this) {
            case LOOP -> chunk * stages + stage;
            case V -> chunk * stages + (chunk % 2 == 0 ? stage : stages - 1 - stage);
            case BIDIRECTIONAL -> chunk == 0 ? stage : stages - 1 - stage;
        };
    }

    /** Whether the stage that holds the first piece of the model holds the last one, too. */
    public boolean joinsEnds(int stages, int chunksPerStage) {
        int last = pieces(stages, chunksPerStage) - 1;
        return switch (this) {
            case LOOP -> stages == 1;
            case V -> piece(0, chunksPerStage - 1, stages) == last;
            case BIDIRECTIONAL -> true;
        };
    }

    /** Copies of the model in one replica of the pipeline. */
    public int copies() {
        return this == BIDIRECTIONAL ? 2 : 1;
    }
}
