// Submits the form to the client, as the button does.
document.forms[0].submit();
