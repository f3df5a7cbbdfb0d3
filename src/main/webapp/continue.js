// Goes on to the client, as the button would.
document.forms[0].submit();
