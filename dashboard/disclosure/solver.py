"""Linear programmes over the same relations again and again: each starts from where the last one ended."""

import highspy
import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from dashboard.keys import Array

FAR = 1e6  # no county counts this many: as good as no bound, and kind to the programme
_SECONDS = 20.0  # for one component in whole numbers; then it counts as unresolved


class Programme:
    """Tables within relations and bounds, of which one with the least cost is asked again and again."""

    def __init__(
        self, matrix: sparse.csr_array, lowest: Array, highest: Array, floors: Array, ceilings: Array
    ) -> None:
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = matrix.shape
        model.col_cost_ = np.zeros(matrix.shape[1])
        model.col_lower_, model.col_upper_ = bounded(floors, ceilings)
        model.row_lower_, model.row_upper_ = lowest, highest
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = matrix.indptr
        model.a_matrix_.index_ = matrix.indices
        model.a_matrix_.value_ = matrix.data
        self._columns = np.arange(matrix.shape[1], dtype=np.int32)
        self._bounds = (model.col_lower_, model.col_upper_)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.passModel(model)

    def least(self, cost: Array, floors: Array, ceilings: Array) -> Array | None:
        """A table that costs least, in broken numbers; None if the programme found none."""
        size = len(self._columns)
        self._solver.changeColsCost(size, self._columns, cost)
        self._solver.changeColsBounds(size, self._columns, *bounded(floors, ceilings))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.asarray(self._solver.getSolution().col_value)


def bounded(floors: Array, ceilings: Array) -> tuple[Array, Array]:
    """The bounds, none of them infinite."""
    return np.maximum(floors, -FAR), np.minimum(ceilings, FAR)


def least_whole(
    cost: Array, matrix: sparse.csr_array, lowest: Array, highest: Array, floors: Array, ceilings: Array
) -> tuple[Array | None, bool]:
    """A table of whole numbers that costs least, if there is one; and whether the answer is certain."""
    found = milp(
        cost,
        constraints=LinearConstraint(matrix, lowest, highest) if matrix.shape[0] else None,
        bounds=Bounds(*bounded(floors, ceilings)),
        integrality=np.ones(len(cost), dtype=np.int64),
        options={"time_limit": _SECONDS},
    )
    optimal, impossible = 0, 2
    certain = found.status in (optimal, impossible)
    return (np.round(found.x) if found.status == optimal and found.x is not None else None), certain
