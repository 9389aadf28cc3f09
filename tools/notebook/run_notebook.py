"""Runs a notebook from its first cell to its last, as Jupyter would, in this very Python.

Usage: run_notebook.py NOTEBOOK FOLDER

FOLDER gets executed.ipynb, the notebook with its outputs, and report.json with all that was
printed. A cell that fails ends the run, with its error and exit code 1.
"""

import json
import os
import sys

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

SECONDS_A_CELL = 300


class ThisPython(KernelSpecManager):
    """The kernel of the Python that runs this, whatever kernels are installed."""

    def get_kernel_spec(self, kernel_name):
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name=kernel_name, language="python")


def printed(notebook):
    return "".join(
        output.text
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )


def main(source, folder):
    notebook = nbformat.read(source, as_version=4)
    nbformat.validate(notebook)
    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_spec_manager=ThisPython()),
        timeout=SECONDS_A_CELL,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(source))}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        sys.exit(f"{source}: {error}")
    finally:
        nbformat.write(notebook, os.path.join(folder, "executed.ipynb"))
    with open(os.path.join(folder, "report.json"), "w") as file:
        json.dump({"printed": printed(notebook)}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
