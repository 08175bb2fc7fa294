package trainyard.sim.network;

import java.util.Arrays;

/**
 * What a solution has to work out again: the active variables that were changed, all that are connected with them through
 * shared links, and these links. Components that were changed at the same time are collected as one, since they do not
 * influence each other.
 *
 * <p>Changed variables are visited in turn and counted on their links. A link on which as many elements were counted as
 * its list holds is done, so after a change of everything no list is walked. The lists of the other links are walked for
 * variables not met yet.
 */
final class Component {

    private static final int NONE = -1;

    private final ElementTable elements;
    private final double[] capacity;
    private final FairShares shares;
    private final IntStack variables = new IntStack();
    private final IntStack links = new IntStack();
    private final IntStack resting = new IntStack();

    /** Last solution that met a variable; negated once the variable is fixed. */
    private int[] variableVisit = new int[16];

    /** Last solution that met a link in the upper half, number of its elements met in the lower. */
    private final long[] linkVisit;

    private int visit;
    private int visitedVariables;
    private int checkedLinks;

    Component(ElementTable elements, double[] capacity, FairShares shares) {
        this.elements = elements;
        this.capacity = capacity;
        this.shares = shares;
        linkVisit = new long[capacity.length];
    }

    /** Starts an empty one. */
    void clear() {
        variables.clear();
        links.clear();
        visitedVariables = 0;
        checkedLinks = 0;
        visit++;
        if (variableVisit.length < elements.capacity()) {
            variableVisit = Arrays.copyOf(variableVisit, elements.capacity());
        }
    }

    /** Adds a variable, if it is not a member yet. */
    void add(int variable) {
        if (variableVisit[variable] != visit) {
            variableVisit[variable] = visit;
            variables.push(variable);
        }
    }

    /** Adds all that is connected with the members. */
    void complete() {
        while (visitedVariables < variables.size()) {
            while (visitedVariables < variables.size()) {
                countOnLinks(variables.get(visitedVariables++));
            }
            while (checkedLinks < links.size()) {
                int link = links.get(checkedLinks++);
                if ((int) linkVisit[link] != elements.linkedOn(link)) {
                    addAllOn(link);
                }
            }
        }
    }

    private void countOnLinks(int variable) {
        double weight = elements.weight[variable];
        long first = (long) visit << Integer.SIZE | 1;
        int end = elements.endOf(variable);
        for (int element = elements.firstOf(variable); element < end; element++) {
            int link = elements.linkOf(element);
            if (linkVisit[link] < first) {
                linkVisit[link] = first;
                links.push(link);
                shares.open(link, capacity[link], weight);
            } else {
                linkVisit[link]++;
                shares.enter(link, weight);
            }
        }
    }

    /** Adds the active variables on a link; those that rest are unlinked. */
    private void addAllOn(int link) {
        for (int element = elements.firstOn(link); element != NONE; element = elements.after(element)) {
            int variable = elements.variableOf(element);
            if (elements.active[variable]) {
                add(variable);
            } else {
                resting.push(variable);
            }
        }
        while (resting.size() > 0) {
            elements.unlink(resting.pop());
        }
    }

    int variables() {
        return variables.size();
    }

    /** The links that members cross. */
    IntStack links() {
        return links;
    }

    /** Fixes a member. Returns whether it was open. */
    boolean fix(int variable) {
        boolean open = variableVisit[variable] == visit;
        variableVisit[variable] = -visit;
        return open;
    }
}
